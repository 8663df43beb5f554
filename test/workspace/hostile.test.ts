import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awkward, awkwardLog, corpus, poisoned, poisonedLog } from '../generators/corpus.ts';
import { Workspace } from './support.ts';

describe.each([
  ['hostile text in every free field', poisoned(corpus.join(' ').slice(0, 150))],
  ['ids that are words of the language', awkward()],
  ['hostile text in every free field, on Kafka', poisonedLog(corpus.join(' ').slice(0, 150))],
  ['ids that are words of the language, on Kafka', awkwardLog()],
])('a workspace with %s', (_, design) => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.install(design);
  });
  afterAll(() => workspace?.dispose());

  test('type-checks, passes its tests and runs', async () => {
    expect((await workspace.run('npx', 'tsc', '--noEmit')).code).toBe(0);
    const { code, output } = await workspace.run('npm', 'test');
    expect(output).toMatch(/pass [1-9]\d+\b/);
    expect(code).toBe(0);
    const demo = await workspace.run('npm', 'run', 'demo', '--', '--count', '10');
    expect(demo.output).toMatch(/demo: [1-9]\d+ sent, 0 not sent, [1-9]\d+ handled, 0 dead-lettered/);
    expect(demo.code).toBe(0);
  });
});
