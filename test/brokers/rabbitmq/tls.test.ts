import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configFromEnv } from '../../../runtime/rabbitmq/config.ts';
import { rabbitmq } from '../../../runtime/rabbitmq/index.ts';
import { MemoryLog } from '../../runtime/support/scenario.ts';
import { freePort } from '../../support/ports.ts';
import { reapDir } from '../../support/reaper.ts';
import { type Rabbit, startRabbit } from '../support/rabbit.ts';
import { describeWithBrokers } from '../support/require.ts';

// The listener and its certificates are this test's own.
describeWithBrokers('TLS of a real RabbitMQ', { brokers: ['rabbitmq'], control: true }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'brokerloom-tls-'));
  reapDir(dir);
  const file = (name: string) => join(dir, name);
  let rabbit: Rabbit;
  let port: number;

  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });

  function authority(name: string): void {
    const subject = ['-subj', `/CN=${name}`, '-days', '30'];
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
      ...subject,
    );
  }

  /** A certificate of `ca` in NAME.pem with its key in NAME.key. */
  function certificate(name: string, ca: string, extensions: string, ...validity: string[]): void {
    writeFileSync(file(`${name}.ext`), extensions);
    openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/CN=${name}`,
    );
    const signer = ['-CA', `${ca}.pem`, '-CAkey', `${ca}.key`, '-CAcreateserial'];
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      ...signer,
      '-extfile',
      `${name}.ext`,
      '-out',
      `${name}.pem`,
      ...validity,
    );
  }

  /** From the next handshake on the broker shows this certificate. https://www.rabbitmq.com/docs/ssl#rotating-certificates */
  async function show(name: string): Promise<void> {
    copyFileSync(file(`${name}.pem`), file('shown.pem'));
    copyFileSync(file(`${name}.key`), file('shown.key'));
    await rabbit?.ctl('eval', 'ssl:clear_pem_cache().');
  }

  beforeAll(async () => {
    authority('ca');
    authority('stranger');
    certificate('server', 'ca', 'subjectAltName=IP:127.0.0.1', '-days', '30');
    certificate('expired', 'ca', 'subjectAltName=IP:127.0.0.1', '-days', '-1');
    certificate('client', 'ca', 'extendedKeyUsage=clientAuth', '-days', '30');
    certificate('intruder', 'stranger', 'extendedKeyUsage=clientAuth', '-days', '30');
    await show('server');
    port = await freePort();
    rabbit = await startRabbit({
      conf: [
        `listeners.ssl.1 = 127.0.0.1:${port}`,
        `ssl_options.cacertfile = ${file('ca.pem')}`,
        `ssl_options.certfile = ${file('shown.pem')}`,
        `ssl_options.keyfile = ${file('shown.key')}`,
        'ssl_options.verify = verify_peer',
        'ssl_options.fail_if_no_peer_cert = true',
      ],
    });
  });
  afterAll(() => rabbit?.dispose());

  const settings = (overrides: Record<string, string | undefined> = {}) => ({
    WORK_URL: `amqps://127.0.0.1:${port}`,
    WORK_USERNAME: 'guest',
    WORK_PASSWORD: 'guest',
    WORK_TLS_CA_FILE: file('ca.pem'),
    WORK_TLS_CERT_FILE: file('client.pem'),
    WORK_TLS_KEY_FILE: file('client.key'),
    ...overrides,
  });

  /** The error code of each failed attempt; one that connects gives none. */
  async function outcome(overrides?: Record<string, string | undefined>): Promise<string | undefined> {
    const transport = rabbitmq(configFromEnv('WORK', settings(overrides)));
    const log = new MemoryLog();
    const stop = new AbortController();
    const started = transport.start({ exchanges: [], queues: [] }, log, stop.signal).then(
      () => 'connected',
      () => 'refused',
    );
    const refusal = () =>
      log.lines.map(({ fields }) => (fields['err'] as { code?: string } | undefined)?.code).find(Boolean);
    try {
      await Promise.race([started, expect.poll(refusal, { timeout: 30_000 }).toBeDefined()]);
      return refusal() ?? (await started);
    } finally {
      stop.abort();
      await started;
      await transport.close();
    }
  }

  test('the right certificates work, and messages go over them', async () => {
    const transport = rabbitmq(configFromEnv('WORK', settings()));
    const signal = AbortSignal.timeout(30_000);
    await transport.start({ exchanges: [], queues: [] }, new MemoryLog(), signal);
    await transport.assertTopology({ exchanges: [], queues: [{ name: 'q', durable: true }], bindings: [] });
    const body = Buffer.from('{}');
    await transport.publish({ queue: 'q' }, { body, headers: {}, properties: { persistent: true } }, signal);
    const delivery = await transport.fetch('q');
    expect(Buffer.from(delivery?.message.body ?? [])).toEqual(body);
    delivery?.ack();
    const protocols = await rabbit.ctl('-q', 'list_connections', 'ssl', 'ssl_protocol', 'peer_cert_subject');
    expect(protocols).toMatch(/true\ttlsv1\.[23]\tCN=client/);
    await transport.close();
  });

  test('a broker with a certificate of another authority is refused', async () => {
    expect(await outcome({ WORK_TLS_CA_FILE: file('stranger.pem') })).toMatch(
      /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY)$/,
    );
    expect(await outcome({ WORK_TLS_CA_FILE: undefined }), 'the authorities of the system').toMatch(
      /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY)$/,
    );
  });

  test('a certificate for another host name is refused', async () => {
    expect(await outcome({ WORK_URL: `amqps://localhost:${port}` })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  test('an expired certificate is refused, and the renewed one works without a restart', async () => {
    await show('expired');
    expect(await outcome()).toBe('CERT_HAS_EXPIRED');
    await show('server');
    expect(await outcome()).toBe('connected');
  });

  test('the broker refuses a client without a certificate, and one of another authority', async () => {
    expect(await outcome({ WORK_TLS_CERT_FILE: undefined, WORK_TLS_KEY_FILE: undefined })).toMatch(
      /SSL|RESET/,
    );
    const intruder = { WORK_TLS_CERT_FILE: file('intruder.pem'), WORK_TLS_KEY_FILE: file('intruder.key') };
    expect(await outcome(intruder)).toMatch(/SSL|RESET/);
  });

  test('nothing listens in clear text behind the TLS port', async () => {
    expect(await outcome({ WORK_URL: `amqp://127.0.0.1:${port}` })).not.toBe('connected');
  });
});
