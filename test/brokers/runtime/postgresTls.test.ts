import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { postgresConfigFromEnv } from '../../../runtime/postgres/config.ts';
import { postgresOutbox, postgresStore } from '../../../runtime/postgres/index.ts';
import { reapDir } from '../../support/reaper.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { describeWithBrokers } from '../support/require.ts';

const schema = readFileSync('runtime/postgres/schema.sql', 'utf8');
const soon = () => AbortSignal.timeout(30_000);

// The certificates are this test's own.
describeWithBrokers('TLS of a real PostgreSQL', { brokers: ['postgres'], control: true }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'brokerloom-postgres-tls-'));
  reapDir(dir);
  const file = (name: string) => join(dir, name);
  let postgres: Postgres;

  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
  const keyInto = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`];

  function authority(name: string): void {
    openssl('req', '-x509', ...keyInto(name), '-out', `${name}.pem`, '-subj', `/CN=${name}`, '-days', '2');
  }

  /** PostgreSQL takes no key that others could read (https://www.postgresql.org/docs/current/ssl-tcp.html#SSL-SETUP). */
  function giveToServer(name: string): void {
    chmodSync(dir, 0o711);
    chmodSync(file(name), 0o600);
    if (process.getuid?.() !== 0) return;
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'])));
    chownSync(file(name), uid as number, gid as number);
  }

  beforeAll(async () => {
    authority('ca');
    authority('stranger');
    openssl('req', ...keyInto('server'), '-out', 'server.csr', '-subj', '/CN=server');
    writeFileSync(file('server.ext'), 'subjectAltName=IP:127.0.0.1');
    const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'server.ext'];
    openssl('x509', '-req', '-in', 'server.csr', ...signer, '-out', 'server.pem', '-days', '2');
    giveToServer('server.key');
    postgres = await startPostgres([
      'ssl=on',
      `ssl_cert_file=${file('server.pem')}`,
      `ssl_key_file=${file('server.key')}`,
    ]);
    await postgres.database('service');
    await postgres.sql(schema, undefined, 'service');
  });
  afterAll(() => postgres?.dispose());

  function config(ca: string | undefined, { host = '127.0.0.1', sslmode = '' } = {}) {
    const url = new URL(postgres.url);
    url.hostname = host;
    url.pathname = 'service';
    if (sslmode !== '') url.searchParams.set('sslmode', sslmode);
    return postgresConfigFromEnv('DB', {
      DB_URL: url.href,
      DB_TLS_CA_FILE: ca === undefined ? undefined : file(ca),
      DB_ACCEPT_EMPTY: 'true',
    });
  }

  async function openStore(...settings: Parameters<typeof config>) {
    const store = postgresStore(config(...settings));
    onTestFinished(() => store.close());
    await store.open(soon());
    return store;
  }

  async function openOutbox(...settings: Parameters<typeof config>) {
    const outbox = postgresOutbox(config(...settings));
    onTestFinished(() => outbox.close());
    await outbox.open('service', soon());
  }

  it('connects store and outbox over TLS with the authority of the server', async () => {
    const store = await openStore('ca.pem');
    await openOutbox('ca.pem');
    expect(await store.claim('k', 'a', 60_000, '')).toEqual({ state: 'claimed' });
    const encrypted = await postgres.sql(
      `SELECT DISTINCT application_name FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
       WHERE ssl AND application_name LIKE 'brokerloom %' ORDER BY 1`,
    );
    expect(encrypted).toEqual([
      { application_name: 'brokerloom inbox' },
      { application_name: 'brokerloom relay' },
    ]);
  });

  it.each([
    ['another authority', 'stranger.pem', {}],
    ['the authorities of the system', undefined, { sslmode: 'verify-full' }],
    ['another host name', 'ca.pem', { host: 'localhost' }],
  ] as const)('refuses the certificate, given %s', async (_, ca, settings) => {
    const refused = /The certificate of PostgreSQL is refused/;
    await expect(openStore(ca, settings)).rejects.toThrow(refused);
    await expect(openOutbox(ca, settings)).rejects.toThrow(refused);
  });
});
