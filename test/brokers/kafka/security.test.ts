import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { configFromEnv } from '../../../runtime/kafka/config.ts';
import { kafka as kafkaTransport } from '../../../runtime/kafka/index.ts';
import { Journal, MemoryLog } from '../../runtime/support/scenario.ts';
import { freePort } from '../../support/ports.ts';
import { reapDir } from '../../support/reaper.ts';
import { type Kafka, startKafka } from '../support/kafka.ts';
import { describeWithBrokers } from '../support/require.ts';

const password = 'geheim-richtig';

describeWithBrokers('TLS and SASL of a real Kafka', { brokers: ['kafka'], control: true }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'brokerloom-kafka-tls-'));
  reapDir(dir);
  const file = (name: string) => join(dir, name);
  let kafka: Kafka;
  let port: number;

  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-keyout'];

  function authority(name: string): void {
    openssl(
      'req',
      '-x509',
      ...newKey,
      `${name}.key`,
      '-out',
      `${name}.pem`,
      '-subj',
      `/CN=${name}`,
      '-days',
      '2',
    );
  }

  beforeAll(async () => {
    authority('ca');
    authority('stranger');
    openssl('req', ...newKey, 'server.key', '-out', 'server.csr', '-subj', '/CN=server');
    writeFileSync(file('server.ext'), 'subjectAltName=IP:127.0.0.1');
    const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'server.ext'];
    openssl('x509', '-req', '-in', 'server.csr', ...signer, '-out', 'server.pem', '-days', '2');
    const both = ['server.key', 'server.pem'].map((name) => readFileSync(file(name), 'utf8'));
    writeFileSync(file('keystore.pem'), both.join(''));
    port = await freePort();
    const login = (mechanism: string, module: string) =>
      `listener.name.more.${mechanism}.sasl.jaas.config=org.apache.kafka.common.security.${module};`;
    const mechanisms = ['SCRAM-SHA-256', 'SCRAM-SHA-512'];
    kafka = await startKafka({
      listener: { port, protocol: 'SASL_SSL' },
      scram: mechanisms.map((mechanism) => ({ mechanism, name: 'svc', password })),
      conf: [
        'listener.name.more.ssl.keystore.type=PEM',
        `listener.name.more.ssl.keystore.location=${file('keystore.pem')}`,
        `listener.name.more.sasl.enabled.mechanisms=PLAIN,${mechanisms.join(',')}`,
        login('plain', `plain.PlainLoginModule required user_svc="${password}"`),
        ...mechanisms.map((name) => login(name.toLowerCase(), 'scram.ScramLoginModule required')),
      ],
    });
  });
  afterAll(() => kafka?.dispose());

  const settings = (overrides: Record<string, string | undefined> = {}) => ({
    LOG_URL: `kafkas://127.0.0.1:${port}`,
    LOG_USERNAME: 'svc',
    LOG_PASSWORD_FILE: file('password'),
    LOG_TLS_CA_FILE: file('ca.pem'),
    ...overrides,
  });

  function transportWith(overrides?: Record<string, string | undefined>) {
    writeFileSync(file('password'), `${password}\n`);
    const transport = kafkaTransport(configFromEnv('LOG', settings(overrides)));
    onTestFinished(() => transport.close());
    return transport;
  }

  it.each(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', undefined])(
    'sends and reads over TLS with the mechanism %s',
    async (mechanism) => {
      const transport = transportWith({ LOG_SASL_MECHANISM: mechanism });
      await transport.start({ exchanges: [], queues: [] }, new MemoryLog(), AbortSignal.timeout(30_000));
      const topic = `t-${mechanism ?? 'default'}`;
      await transport.assertTopology({ topics: [{ name: topic, partitions: 1 }] });
      const message = { body: Buffer.from('secret'), headers: {}, properties: { persistent: true } };
      await transport.publish({ topic }, message, AbortSignal.timeout(30_000));
      const journal = new Journal<string>();
      await transport.subscribe({
        topics: [{ topic }],
        group: topic,
        prefetch: 1,
        onDelivery: (delivery) => journal.add(Buffer.from(delivery.message.body).toString()),
      });
      expect(await journal.reaches(1)).toEqual(['secret']);
    },
  );

  it.each<[string, Record<string, string | undefined>, RegExp]>([
    [
      'a certificate of another authority',
      { LOG_TLS_CA_FILE: file('stranger.pem') },
      /unable to verify|self.signed/,
    ],
    [
      'a certificate that no known authority has signed',
      { LOG_TLS_CA_FILE: undefined },
      /unable to verify|self.signed/,
    ],
    ['a certificate for another host', { LOG_URL: 'kafkas://localhost:PORT' }, /does not match|ALTNAME/],
    [
      'a wrong password',
      { LOG_PASSWORD_FILE: undefined, LOG_PASSWORD: 'geheim-falsch' },
      /[Aa]uthentication failed/,
    ],
    ['an unknown user', { LOG_USERNAME: 'nobody' }, /[Aa]uthentication failed/],
    ['no TLS', { LOG_URL: 'kafka://127.0.0.1:PORT' }, /TLS|closed/],
  ])('is refused, or refuses, with %s, and keeps the secrets', async (_, overrides, reason) => {
    const url = overrides['LOG_URL']?.replace('PORT', String(port));
    const transport = transportWith({ ...overrides, ...(url === undefined ? {} : { LOG_URL: url }) });
    const log = new MemoryLog();
    const stop = new AbortController();
    const started = transport.start({ exchanges: [], queues: [] }, log, stop.signal).then(
      () => 'connected',
      () => 'given up',
    );
    const lines = () => inspect(log.lines, { depth: 12 });
    await expect.poll(() => log.lines.length, { timeout: 30_000 }).toBeGreaterThan(1);
    stop.abort(new Error('enough'));
    expect(await started).toBe('given up');
    expect(transport.connected).toBe(false);
    expect(lines()).toMatch(reason);
    expect(lines()).not.toMatch(/geheim/);
  });
});
