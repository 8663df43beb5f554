import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import type { Broker } from '../../brokers/support/broker.ts';
import { startRedis } from '../../brokers/support/redis.ts';
import { reapDir } from '../../support/reaper.ts';
import type { Workspace } from '../workspace.ts';

/** May do what no user of the workspace may: it stands for whoever does harm to the store. */
const administrator = { username: 'administrator', password: 'of the test' };

/** A Redis with the users of a workspace, and one more. */
export async function startStore(workspace: Workspace): Promise<Broker> {
  const dir = mkdtempSync(join(tmpdir(), 'brokerloom-store-'));
  reapDir(dir);
  const file = join(dir, 'users.acl');
  const users = readFileSync(join(workspace.dir, 'secrets/store/users.acl'), 'utf8');
  writeFileSync(file, `${users.trimEnd()}\nuser ${administrator.username} on nopass ~* &* +@all\n`);
  return startRedis(['--aclfile', file]);
}

/** Runs one command that no service may run. */
export async function administer(store: Broker, ...command: [string, ...string[]]): Promise<void> {
  const client = createClient({ url: store.url, ...administrator });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.sendCommand(command);
  } finally {
    client.destroy();
  }
}
