import { expect, test } from 'vitest';
import { baselineText, readBaseline } from '../../../core/review/baseline.ts';
import { fingerprintOf, knownIn, withoutKnown } from '../../../core/review/known.ts';
import { review } from '../../../core/review/review.ts';
import { designText, reviewable } from '../rules/tester.ts';
import { someRules } from './selection.ts';

const reviewed = (queues: readonly string[], head = '') =>
  review(
    reviewable(
      `${head}${designText(`
queues:
${queues.map((id) => `  ${id}: { broker: mq }\n`).join('')}
consumers:
${queues.map((id) => `  work-${id}: { channel: ${id}, sideEffects: [], ack: after }\n`).join('')}
`)}`,
    ),
    { only: someRules },
  );

test('only what was not known is left', () => {
  const before = reviewed(['a', 'b']);
  const { report, gone } = withoutKnown(reviewed(['b', 'c']), knownIn(before.findings));
  expect(new Set(report.findings.map(({ element }) => element))).toEqual(
    new Set(['queues/c', 'consumers/work-c']),
  );
  expect(report.counts).toMatchObject({ known: 2, error: 1, warn: 1 });
  expect(gone).toBe(2);
});

test('a finding that occurs more often than before is new', () => {
  const [finding] = reviewed(['a']).findings;
  if (!finding) throw new Error('no finding');
  const report = { ...reviewed(['a']), findings: [finding, finding, finding] };
  const known = new Map([[fingerprintOf(finding), 2]]);
  expect(withoutKnown(report, known).report.findings).toHaveLength(1);
});

test('lines that move change no fingerprint', () => {
  const moved = reviewed(['a', 'b'], '# one\n# two\n');
  expect(moved.findings[0]?.line).not.toBe(reviewed(['a', 'b']).findings[0]?.line);
  expect(moved.findings.map(fingerprintOf)).toEqual(reviewed(['a', 'b']).findings.map(fingerprintOf));
});

test('a baseline is read as it was written, in an order of its own', () => {
  const known = knownIn(reviewed(['b', 'a']).findings);
  const baseline = new Map([
    ['z.loom.yaml', known],
    ['a.loom.yaml', new Map([...known].reverse())],
    ['clean.loom.yaml', new Map()],
  ]);
  const text = baselineText(baseline);
  const read = readBaseline(text);
  if (!read.ok) throw new Error(read.error.message);
  expect([...read.value.keys()]).toEqual(['a.loom.yaml', 'z.loom.yaml']);
  expect(read.value.get('z.loom.yaml')).toEqual(known);
  expect(baselineText(read.value)).toBe(text);
});

test.each([
  ['no JSON', '{\n  a', 'LOOM_SYNTAX'],
  ['another file', '{"version":2,"files":{}}', 'LOOM_SCHEMA'],
  ['a count that is none', '{"version":1,"files":{"a":{"b":0}}}', 'LOOM_SCHEMA'],
])('%s is refused', (_, text, code) => {
  expect(readBaseline(text)).toMatchObject({
    ok: false,
    error: { code, hint: expect.stringContaining('--update-baseline') },
  });
});
