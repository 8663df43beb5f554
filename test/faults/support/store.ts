import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import type { Broker } from '../../brokers/support/broker.ts';
import { startRedis } from '../../brokers/support/redis.ts';
import { reapDir } from '../../support/reaper.ts';
import type { Workspace } from '../workspace.ts';

/** May do what no user of the workspace may: it stands for whoever does harm to a Redis. */
const administrator = { username: 'administrator', password: 'of the test' };

/** The store of a workspace. */
export const startStore = (workspace: Workspace): Promise<Broker> => startGeneratedRedis(workspace, 'store');

/**
 * A Redis with the users of a workspace, and one more.
 * @param args settings beside those that every Redis of the tests has
 */
export async function startGeneratedRedis(
  workspace: Workspace,
  id: string,
  args: readonly string[] = [],
): Promise<Broker> {
  const dir = mkdtempSync(join(tmpdir(), 'brokerloom-redis-'));
  reapDir(dir);
  const file = join(dir, 'users.acl');
  const users = readFileSync(join(workspace.dir, `secrets/${id}/users.acl`), 'utf8');
  writeFileSync(file, `${users.trimEnd()}\nuser ${administrator.username} on nopass ~* &* +@all\n`);
  return startRedis([...args, '--aclfile', file]);
}

/** What the compose file hands to its container, as arguments; the file with the users is another one here. */
export function settingsOf(workspace: Workspace, id: string): string[] {
  const text = readFileSync(join(workspace.dir, `brokers/${id}/redis.conf`), 'utf8');
  return text
    .split('\n')
    .filter((line) => /^[a-z]/.test(line) && !line.startsWith('aclfile'))
    .flatMap((line) => {
      const [name, ...value] = line.split(' ');
      return [`--${name}`, value.join(' ')];
    });
}

/** Runs one command that no service may run. */
export async function administer<T = unknown>(
  redis: Broker,
  ...command: readonly [string, ...string[]]
): Promise<T> {
  const client = createClient({ url: redis.url, ...administrator, RESP: 2 });
  client.on('error', () => {});
  await client.connect();
  try {
    return await client.sendCommand<T>(command);
  } finally {
    client.destroy();
  }
}
