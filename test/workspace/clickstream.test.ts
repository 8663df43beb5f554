import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleText } from '../generators/support.ts';
import { Workspace } from './support.ts';

describe('the workspace of clickstream', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.install(exampleText('clickstream'));
  });
  afterAll(() => workspace?.dispose());

  test('type-checks with the clients of AWS, Redis and PostgreSQL', async () => {
    const { code, output } = await workspace.run('npx', 'tsc', '--noEmit');
    expect(output).not.toContain('error');
    expect(code).toBe(0);
  });

  test('passes its own tests: three for each message of a consumer, one for each of a producer', async () => {
    const { code, output } = await workspace.run('npm', 'test');
    expect(output).toMatch(/pass 7\b/);
    expect(output).toMatch(/fail 0\b/);
    expect(output).toMatch(/skipped 0\b/);
    expect(code).toBe(0);
  });

  test('shows both services at work on a stream in memory, each with every record', async () => {
    const { code, output } = await workspace.run('npm', 'run', 'demo', '--', '--count', '50');
    expect(output).toContain('sessions.build-session: 50 handled');
    expect(output).toContain('trends.count-trends: 50 handled');
    expect(code).toBe(0);
  });
});
