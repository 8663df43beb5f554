import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runSteps } from '../../../scripts/lib/steps.ts';

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => vi.restoreAllMocks());

const node = (name: string, code: string) => ({ name, command: 'node', args: ['--eval', code] });

it('prints a line per step and runs on after a failure, whose output it shows', async () => {
  const failed = await runSteps([
    node('first', 'console.log("quiet")'),
    node('second', 'console.log("seen"); console.error("too"); process.exitCode = 1'),
    node('third', ''),
  ]);
  expect(failed).toEqual(['second']);
  expect(printed).toEqual([
    expect.stringMatching(/^ok {3}first {6}\d+\.\d s$/),
    expect.stringMatching(/^FAIL second {5}\d+\.\d s$/),
    expect.stringMatching(/^(seen\ntoo|too\nseen)$/),
    expect.stringMatching(/^ok {3}third /),
  ]);
});

it('counts a program that is not there, and one that is killed', async () => {
  const absent = { name: 'absent', command: 'no-such-program', args: [] };
  expect(await runSteps([absent, node('killed', 'process.kill(process.pid, "SIGKILL")')])).toEqual([
    'absent',
    'killed',
  ]);
  expect(printed[1]).toMatch(/no-such-program: .*ENOENT/);
});

it('finds the tools of the project and a Node that strips types', async () => {
  expect(await runSteps([node('node', 'process.exitCode = process.features.typescript ? 0 : 1')])).toEqual(
    [],
  );
  expect(await runSteps([{ name: 'tsc', command: 'tsc', args: ['--version'] }])).toEqual([]);
});
