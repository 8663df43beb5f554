import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { exampleText } from '../generators/support.ts';
import { freePort } from '../support/ports.ts';
import type { TestProcess } from '../support/process.ts';
import { Platform } from './platform.ts';

const SECRET = 'geheim-0815';

describeWithBrokers('the log of a service', { brokers: ['rabbitmq', 'redis'], control: true }, () => {
  let platform: Platform;
  let service: TestProcess | undefined;

  beforeAll(async () => {
    platform = await Platform.start(exampleText('fulfilment'));
  });
  afterEach(() => service?.kill());
  afterAll(() => platform?.dispose());

  async function start(env: Record<string, string> = {}): Promise<TestProcess> {
    service = await platform.startService('payment', { LOG_LEVEL: 'debug', ...env });
    return service;
  }

  /** No password of the service, neither the true ones nor those of a test. */
  function expectClean(child: TestProcess): void {
    const { WORK_PASSWORD = '', STORE_PASSWORD = '' } = platform.secretsOf('payment');
    for (const secret of [SECRET, WORK_PASSWORD, STORE_PASSWORD]) {
      expect(secret.length).toBeGreaterThan(8);
      expect(child.output).not.toContain(secret);
    }
  }

  const withLogin = (url: string) => url.replace('//', `//payment:${SECRET}@`);
  const inUrl = { WORK_USERNAME: '', WORK_PASSWORD: '', STORE_USERNAME: '', STORE_PASSWORD: '' };

  test.each([
    ['RabbitMQ refuses', () => ({ WORK_PASSWORD: SECRET }), /ACCESS.REFUSED/],
    [
      'RabbitMQ refuses the login of the address',
      () => ({ ...inUrl, WORK_URL: withLogin(platform.url) }),
      /ACCESS.REFUSED/,
    ],
    [
      'RabbitMQ is not there',
      async () => ({ ...inUrl, WORK_URL: withLogin(`amqp://127.0.0.1:${await freePort()}/x`) }),
      /ECONNREFUSED/,
    ],
    ['Redis refuses', () => ({ STORE_PASSWORD: SECRET }), /WRONGPASS/],
    [
      'Redis refuses the login of the address',
      () => ({ STORE_USERNAME: '', STORE_PASSWORD: '', STORE_URL: withLogin(platform.redis.url) }),
      /WRONGPASS/,
    ],
    [
      'the address of RabbitMQ is none',
      () => ({ ...inUrl, WORK_URL: `amqp://payment:${SECRET}@:x` }),
      /must start with/,
    ],
    [
      'the address of Redis is none',
      () => ({ ...inUrl, STORE_URL: `redis://payment:${SECRET}@:x` }),
      /must start with/,
    ],
  ])('has no password when %s', async (_, env, expected) => {
    const child = await start(await env());
    await child.waitOutput(expected);
    expectClean(child);
  });

  test('has no password when credentials are revoked at work, and the service comes back with them', async () => {
    const port = await freePort();
    const child = await start({ HEALTH_PORT: String(port) });
    const ready = `http://127.0.0.1:${port}/ready`;
    await child.waitReady(ready);
    const { WORK_PASSWORD = '' } = platform.secretsOf('payment');
    await platform.rabbit.ctl('change_password', 'payment', `${SECRET}-new`);
    await platform.rabbit.ctl('close_all_connections', '--global', 'revoked');
    await child.waitOutput(/ACCESS.REFUSED/);
    expect((await fetch(ready)).status).toBe(503);
    await platform.rabbit.ctl('change_password', 'payment', WORK_PASSWORD);
    await child.waitReady(ready);
    expectClean(child);
  });

  test('has nothing of a body that cannot be handled', async () => {
    const child = await start();
    const connection = await platform.login('operator');
    const channel = await connection.createConfirmChannel();
    const headers = {
      'loom-event-id': 'e1',
      'loom-event-type': 'order.created',
      'loom-event-time': new Date().toISOString(),
    };
    const bodies = [
      `no JSON ${SECRET}`,
      JSON.stringify({ orderId: 1, customerId: SECRET, totalCents: 1, currency: 'EUR' }),
    ];
    for (const body of bodies) channel.sendToQueue('payments', Buffer.from(body), { headers });
    await channel.waitForConfirms();
    await connection.close();
    await child.waitUntil(
      'done with both',
      async () => (child.output.match(/could not be handled/g) ?? []).length === bodies.length,
    );
    expect(child.output).toContain('/orderId must be string');
    expectClean(child);
  });
});
