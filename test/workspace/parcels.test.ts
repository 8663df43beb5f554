import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleText } from '../generators/support.ts';
import { Workspace } from './support.ts';

describe('the workspace of parcels', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.install(exampleText('parcels'));
  });
  afterAll(() => workspace?.dispose());

  test('type-checks with the client of Redis', async () => {
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

  test('shows both services at work on a stream in memory, each with every entry', async () => {
    const { code, output } = await workspace.run('npm', 'run', 'demo', '--', '--count', '50');
    expect(output).toContain('timeline.keep-timeline: 50 handled');
    expect(output).toContain('notice.send-notice: 50 handled');
    expect(code).toBe(0);
  });

  test('makes a user for each service, without its password', async () => {
    expect((await workspace.run('npm', 'run', 'setup')).code).toBe(0);
    const users = workspace.read('secrets/scans/users.acl');
    expect(users).toContain('user default off resetpass ~* &* +@all');
    expect(users).toMatch(/^user depot on #[0-9a-f]{64} ~loom:streams ~parcel\.scans /m);
    const password = /SCANS_PASSWORD=(.+)/.exec(workspace.read('secrets/depot.env'))?.[1] ?? '';
    expect(password).toHaveLength(32);
    expect(users).not.toContain(password);
  });
});
