import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ConfigurationError } from '../../../runtime/core/errors.ts';
import { clientConfig, postgresConfigFromEnv } from '../../../runtime/postgres/config.ts';

it('reads the settings, secrets also from files', () => {
  const dir = mkdtempSync(join(tmpdir(), 'config-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'password'), 'secret\n');
  const config = postgresConfigFromEnv('DB', {
    DB_URL: 'postgres://db:6432/orders',
    DB_USERNAME: 'orders',
    DB_PASSWORD_FILE: join(dir, 'password'),
    DB_MAX_TRANSACTIONS: '5',
    DB_ACCEPT_EMPTY: 'true',
  });
  expect(config).toEqual({
    url: 'postgres://db:6432/orders',
    username: 'orders',
    password: 'secret',
    maxTransactions: 5,
    acceptEmpty: true,
  });
  expect(clientConfig(config, 'x')).toMatchObject({
    host: 'db',
    port: 6432,
    database: 'orders',
    user: 'orders',
    password: 'secret',
    ssl: false,
  });
});

it('takes user and password from the URL, decoded', () => {
  expect(clientConfig({ url: 'postgresql://a%40b:p%2Fw@[::1]/d%20b' }, 'x')).toMatchObject({
    host: '::1',
    port: 5432,
    database: 'd b',
    user: 'a@b',
    password: 'p/w',
  });
});

it('verifies the server wherever it uses TLS', () => {
  const url = 'postgres://db/orders';
  expect(clientConfig({ url: `${url}?sslmode=require` }, 'x').ssl).toEqual({
    host: 'db',
    rejectUnauthorized: true,
  });
  expect(clientConfig({ url, ca: 'CA', cert: 'CERT', key: 'KEY' }, 'x').ssl).toMatchObject({
    ca: 'CA',
    key: 'KEY',
  });
  for (const mode of ['no-verify', 'prefer', 'allow']) {
    expect(() => clientConfig({ url: `${url}?sslmode=${mode}` }, 'x')).toThrow(/would not verify/);
  }
});

it.each(['', 'redis://x/y', 'postgres://host', 'postgres:///db', 'nonsense'])('refuses the URL %j', (url) => {
  expect(() => clientConfig({ url }, 'x')).toThrow(ConfigurationError);
});

it('says which setting is missing', () => {
  expect(() => postgresConfigFromEnv('DB', {})).toThrow('DB_URL (or DB_URL_FILE) is not set.');
});
