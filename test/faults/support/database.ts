import { chmodSync, copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Postgres, postgresDirs, startPostgres } from '../../brokers/support/postgres.ts';
import { reapDir } from '../../support/reaper.ts';
import type { Workspace } from '../workspace.ts';

/** A PostgreSQL with what the set-up job of the compose file makes in it. */
export async function startDatabase(workspace: Workspace): Promise<Postgres> {
  const shared = mkdtempSync(join(tmpdir(), 'brokerloom-database-'));
  reapDir(shared);
  chmodSync(shared, 0o755);
  const hba = join(shared, 'pg_hba.conf');
  writeFileSync(hba, 'host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n');
  const postgres = await startPostgres([`hba_file=${hba}`]);
  copyFileSync(join(workspace.dir, 'secrets/database/setup.sql'), join(shared, 'setup.sql'));
  copyFileSync(join(workspace.dir, 'brokers/database/messaging.sql'), join(shared, 'messaging.sql'));
  const psql = join(postgresDirs()[0] ?? '', 'psql');
  const options = ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', `--file=${join(shared, 'setup.sql')}`];
  await workspace.exec(psql, ...options, postgres.url);
  return postgres;
}

/** Where a service finds its database; without credentials. */
export function databaseOf(postgres: Postgres, service: string): string {
  const url = new URL(postgres.url);
  url.username = '';
  url.pathname = `/${service}`;
  return url.href;
}
