import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/lib/steps.ts';
import { type JsonReport, tally } from '../../../scripts/lib/vitest.ts';

type Status = JsonReport['testResults'][number]['assertionResults'][number]['status'];

const file = (status: 'passed' | 'failed', ...tests: Status[]): JsonReport['testResults'][number] => ({
  name: join(root, 'test', 'sample.test.ts'),
  status,
  assertionResults: tests.map((status, index) => ({ fullName: `case ${index}`, status })),
});
const count = (...testResults: JsonReport['testResults']) => tally({ testResults }, true);

it('adds up tests over files', () => {
  expect(count(file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed'))).toEqual({
    passed: 3,
    failed: 1,
    failures: ['test/sample.test.ts: case 0'],
    skipped: [],
  });
});

it('repeats of a failure what failed and the beginning of why', () => {
  const report = file('failed', 'failed');
  const stack = Array.from({ length: 50 }, (_, line) => `at ${line}`);
  Object.assign(report.assertionResults[0] ?? {}, { failureMessages: [['expected 1', ...stack].join('\n')] });
  const [failure] = count(report).failures;
  expect(failure?.split('\n').slice(0, 3)).toEqual(['test/sample.test.ts: case 0', '  expected 1', '  at 0']);
  expect(failure?.split('\n').length).toBeLessThan(30);
});

it('names what did not run', () => {
  expect(count(file('passed', 'skipped', 'todo', 'pending')).skipped).toEqual([
    'test/sample.test.ts: case 0',
    'test/sample.test.ts: case 1',
    'test/sample.test.ts: case 2',
  ]);
});

it('counts a file that could not be loaded', () => {
  expect(count(file('failed'))).toMatchObject({ passed: 0, failed: 1 });
});

it('counts a hook that failed before its tests', () => {
  expect(count(file('failed', 'skipped', 'passed'))).toMatchObject({ passed: 1, failed: 1 });
});

it('counts a run that ended badly although every test passed', () => {
  expect(tally({ testResults: [file('passed', 'passed')] }, false)).toMatchObject({ passed: 1, failed: 1 });
  expect(tally({ testResults: [file('failed', 'failed')] }, false)).toMatchObject({ passed: 0, failed: 1 });
});
