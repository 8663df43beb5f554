import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Broker, TestBroker } from './broker.ts';
import { NativeEngine, run } from './engine.ts';

const packages = '/usr/lib/postgresql';

/** Debian keeps each major version apart; the newest comes first. */
export function postgresDirs(): string[] {
  if (!existsSync(packages)) return [];
  const versions = readdirSync(packages).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(packages, version, 'bin'));
}

export interface Postgres extends Broker {
  /** Runs SQL as the superuser, on the main database or on the one named. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[], database?: string): Promise<Row[]>;
  /** Makes an empty database and returns its URL. */
  database(name: string): Promise<string>;
}

/**
 * Starts a PostgreSQL of this test's own, or takes the one `LOOM_TEST_POSTGRES_URL` names, as a superuser.
 * @param settings further settings of a server from packages, such as `ssl=on`
 */
export async function startPostgres(settings: readonly string[] = []): Promise<Postgres> {
  const broker = await TestBroker.launch({
    name: 'PostgreSQL',
    envVar: 'LOOM_TEST_POSTGRES_URL',
    docker: {
      image: 'postgres:18-alpine',
      port: 5432,
      args: ['postgres', '-c', 'max_connections=200'],
      env: { POSTGRES_HOST_AUTH_METHOD: 'trust' },
    },
    native: (dir, port) => prepareServer(dir, port, settings),
    url: (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
    accepts,
  });
  const within = (database: string): string => {
    const url = new URL(broker.url);
    url.pathname = `/${database}`;
    return url.href;
  };
  const sql: Postgres['sql'] = async (text, values, database) => {
    const client = new pg.Client({ connectionString: database ? within(database) : broker.url });
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end();
    }
  };
  const database = async (name: string): Promise<string> => {
    await sql(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
    return within(name);
  };
  return Object.assign(broker, { sql, database });
}

/** PostgreSQL refuses to run as root; from Debian's package it has a user of its own. */
const asItsUser = process.getuid?.() === 0 ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];

async function prepareServer(dir: string, port: number, settings: readonly string[]): Promise<NativeEngine> {
  const bin = postgresDirs()[0] ?? '';
  const data = join(dir, 'data');
  mkdirSync(data);
  if (asItsUser.length > 0) {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
    );
    for (const path of [dir, data]) chownSync(path, uid as number, gid as number);
  }
  const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' };
  const init = ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync', '--encoding=UTF8', '--no-locale'];
  await run('setpriv', [...asItsUser, join(bin, 'initdb'), ...init], { env, cwd: dir });
  const all = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${dir}`,
    'max_connections=200',
    ...settings,
  ];
  const args = ['-D', data, '-p', String(port), ...all.flatMap((setting) => ['-c', setting])];
  return new NativeEngine('setpriv', [...asItsUser, join(bin, 'postgres'), ...args], {
    name: 'postgres',
    env,
    cwd: dir,
    // "Fast" shutdown: it does not wait for clients (https://www.postgresql.org/docs/current/server-shutdown.html).
    stopSignal: 'SIGINT',
  });
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 1_000,
    query_timeout: 1_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end().catch(() => {});
  }
}
