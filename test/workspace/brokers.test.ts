import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Broker } from '../brokers/support/broker.ts';
import type { Rabbit } from '../brokers/support/rabbit.ts';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { exampleText } from '../generators/support.ts';
import { Platform } from './platform.ts';
import type { Workspace } from './support.ts';

const VHOST = 'fulfilment';

describeWithBrokers('the generated broker set-up', { brokers: ['rabbitmq', 'redis'], control: true }, () => {
  let platform: Platform;
  let workspace: Workspace;
  let rabbit: Rabbit;
  let redis: Broker;

  beforeAll(async () => {
    platform = await Platform.start(exampleText('fulfilment'));
    ({ workspace, rabbit, redis } = platform);
  });
  afterAll(() => platform?.dispose());

  const login = (user: string) => platform.login(user);
  const depth = (queue: string) => platform.depth(queue);
  const runAs = (user: string, ...args: string[]) => platform.runAs(user, ...args);

  test('is taken in whole by a broker that starts with it', async () => {
    const { exchanges, queues, bindings } = JSON.parse(workspace.read('brokers/work/definitions.json'));
    const list = async (what: string, ...columns: string[]) =>
      JSON.parse(await rabbit.ctl('-q', '--formatter', 'json', what, '-p', VHOST, ...columns));
    const names = (items: { name: string }[]) => items.map(({ name }) => name).sort();
    expect(names(await list('list_queues', 'name'))).toEqual(names(queues));
    const own = (await list('list_exchanges', 'name')).filter(({ name }: { name: string }) =>
      /^(?!amq\.)./.test(name),
    );
    expect(names(own)).toEqual(names(exchanges));
    const bound = (await list('list_bindings', 'source_name')).filter(
      (b: { source_name: string }) => b.source_name,
    );
    expect(bound).toHaveLength(bindings.length);
    const types: { name: string; type: string; arguments: unknown }[] = await list(
      'list_queues',
      'name',
      'type',
    );
    expect(types.find(({ name }) => name === 'payments')?.type).toMatch(/quorum/);
    expect(types.find(({ name }) => name === 'email')?.type).toMatch(/classic/);
  });

  test('fits the design, as the topology tool says, until it is changed', async () => {
    const verified = await runAs('operator', 'tools/topology.ts', 'verify', '--json');
    expect(JSON.parse(verified.output)).toEqual({
      work: { fits: true, differences: [], unchecked: expect.anything() },
    });
    expect(verified.code).toBe(0);
    const connection = await login('operator');
    const channel = await connection.createChannel();
    await channel.deleteQueue('labels-express.dlq');
    const drifted = await runAs('operator', 'tools/topology.ts', 'verify', 'work');
    expect(drifted).toMatchObject({
      code: 1,
      output: expect.stringContaining('work  missing  queue labels-express.dlq\n'),
    });
    expect(await runAs('operator', 'tools/topology.ts', 'apply')).toMatchObject({
      code: 0,
      output: expect.stringContaining('work  created  queue labels-express.dlq\n'),
    });
    expect((await runAs('operator', 'tools/topology.ts', 'verify')).code).toBe(0);
    await connection.close();
    expect((await runAs('operator', 'tools/topology.ts', 'verify', 'nowhere')).code).toBe(2);
    expect((await runAs('operator', 'tools/topology.ts', 'delete')).code).toBe(2);
    const absent = ['WORK_URL=amqp://127.0.0.1:1/fulfilment', 'node', 'tools/topology.ts', 'verify'];
    expect(await workspace.run('env', ...absent)).toEqual({
      code: 2,
      output: expect.stringMatching(/^.*ECONNREFUSED.*\n$/),
    });
  });

  test('has no user with a known password', async () => {
    const users = JSON.parse(await rabbit.ctl('-q', '--formatter', 'json', 'list_users'));
    expect(users.map(({ user }: { user: string }) => user).sort()).toEqual([
      'email',
      'labels',
      'operator',
      'order',
      'payment',
      'shipping',
      'tracking',
      'warehouse',
    ]);
  });

  test('lets a service use its own exchanges and queues, and declare nothing', async () => {
    const connection = await login('payment');
    connection.on('error', () => {});
    const attempt = async (
      action: (channel: Awaited<ReturnType<typeof connection.createChannel>>) => Promise<unknown>,
    ) => {
      const channel = await connection.createChannel();
      channel.on('error', () => {});
      return action(channel).then(
        () => 'allowed',
        (error: Error) => (error.message.includes('ACCESS_REFUSED') ? 'refused' : error.message),
      );
    };
    expect(await attempt((channel) => channel.checkQueue('payments'))).toBe('allowed');
    expect(await attempt((channel) => channel.checkExchange('orders'))).toBe('allowed');
    expect(await attempt((channel) => channel.consume('payments', () => {}))).toBe('allowed');
    expect(await attempt((channel) => channel.consume('shipping', () => {}))).toBe('refused');
    expect(await attempt((channel) => channel.assertQueue('mine'))).toBe('refused');
    expect(await attempt((channel) => channel.deleteQueue('payments'))).toBe('refused');
    await connection.close();
  });

  test('lets nobody use the store without a password but for a ping, and nobody empty it', async () => {
    const client = async (login: { username?: string; password?: string }) => {
      const connection = createClient({ url: redis.url, ...login, disableClientInfo: true, RESP: 2 });
      connection.on('error', () => {});
      return connection.connect();
    };
    const nobody = await client({});
    await expect(nobody.ping()).rejects.toThrow(/NOAUTH/);
    const health = await client({ username: 'health', password: 'any' });
    expect(await health.ping()).toBe('PONG');
    await expect(health.get('x')).rejects.toThrow(/NOPERM/);
    const password = platform.secretsOf('payment')['STORE_PASSWORD'] ?? '';
    const service = await client({ username: 'payment', password });
    expect(await service.set('x', '1')).toBe('OK');
    await expect(service.flushAll()).rejects.toThrow(/NOPERM/);
    for (const each of [nobody, health, service]) each.destroy();
  });

  test('takes the load generator, which publishes through the services’ own producers', async () => {
    const { code, output } = await runAs('operator', 'tools/load.ts', '--count', '20');
    expect(output).toContain('load: 100 confirmed, 0 failed');
    expect(code).toBe(0);
    expect(await depth('payments')).toBe(20);
    expect(await depth('email')).toBe(60);
    expect(await depth('labels-express')).toBe(20);
    expect(await depth('unrouted.parked')).toBe(0);
  });

  test('spreads load over keys, the same for the same seed', async () => {
    const connection = await login('operator');
    const channel = await connection.createChannel();
    const keysSent = async (...options: string[]): Promise<string[]> => {
      await channel.purgeQueue('payments');
      const sized = ['--service', 'order', '--count', '60', '--rate', '600', '--keys', '5', ...options];
      const { code, output } = await runAs('operator', 'tools/load.ts', ...sized);
      expect(output).toMatch(/^load: 60 confirmed, 0 failed, \d+\/s\n$/);
      expect(code).toBe(0);
      const keys: string[] = [];
      for (let message = await channel.get('payments'); message; message = await channel.get('payments')) {
        keys.push(JSON.parse(message.content.toString()).orderId);
        channel.ack(message);
      }
      return keys;
    };
    const keys = await keysSent('--skew', '2', '--seed', '7');
    expect(keys).toHaveLength(60);
    expect(await keysSent('--skew', '2', '--seed', '7')).toEqual(keys);
    expect(await keysSent('--skew', '2', '--seed', '8')).not.toEqual(keys);
    const share = (key: string) => keys.filter((other) => other === key).length / keys.length;
    expect(new Set(keys).size).toBeGreaterThan(1);
    // By Zipf's law 1 / (1 + 1/4 + 1/9 + 1/16 + 1/25), which is 0.68.
    expect(share('key-1')).toBeGreaterThan(0.5);
    await connection.close();
    expect(await runAs('operator', 'tools/load.ts', '--rate', 'fast')).toMatchObject({ code: 2 });
    expect(await runAs('operator', 'tools/load.ts', '--service', 'labels')).toMatchObject({ code: 2 });
  });

  test('lets an operator list, replay and drop dead letters', async () => {
    const letters = (output: string) =>
      output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line));
    const connection = await login('operator');
    const channel = await connection.createConfirmChannel();
    for (const body of ['no JSON', '{}', '{"orderId":1}']) channel.sendToQueue('tracking', Buffer.from(body));
    await channel.waitForConfirms();
    await connection.close();
    const service = await platform.startService('tracking');
    await service.waitUntil('dead-lettering', async () => (await depth('tracking.dlq')) === 3, 60_000);
    expect((await service.terminate()).code).toBe(0);

    const listed = await runAs('operator', 'tools/dlq.ts', 'list', 'tracking.dlq');
    expect(letters(listed.output).map(({ body }) => body)).toEqual(['no JSON', '{}', '{"orderId":1}']);
    const [first] = letters(listed.output);
    expect(first).toMatchObject({
      reason: 'invalid',
      queue: 'tracking',
      consumer: 'tracking.update-tracking',
      copies: 1,
    });
    expect(listed).toMatchObject({ code: 0, output: expect.stringContaining('list: 3 dead letters') });

    const replayed = await runAs('operator', 'tools/dlq.ts', 'replay', 'tracking.dlq', '--id', first.id);
    expect(replayed).toMatchObject({ code: 0, output: expect.stringContaining('replay: 1 dead letters') });
    expect([await depth('tracking'), await depth('tracking.dlq')]).toEqual([1, 2]);

    expect(await runAs('operator', 'tools/dlq.ts', 'drop', 'tracking.dlq')).toMatchObject({
      code: 2,
      output: expect.stringContaining('drop removes messages for good: say --yes'),
    });
    const looked = await runAs('operator', 'tools/dlq.ts', 'drop', 'tracking.dlq', '--dry-run');
    expect(letters(looked.output).map(({ body }) => body)).toEqual(['{}', '{"orderId":1}']);
    const shown = await runAs('operator', 'tools/dlq.ts', 'show', 'tracking.dlq', '--limit', '1');
    expect(shown.output).toContain('"loom-dlq-queue": "tracking"');
    for (const [option, value] of [
      ['--reason', 'backstop'],
      ['--error', 'TypeError'],
      ['--older-than', '1h'],
    ] as const)
      expect(
        await runAs('operator', 'tools/dlq.ts', 'drop', 'tracking.dlq', option, value, '--yes'),
      ).toMatchObject({
        code: 0,
        output: expect.stringContaining('drop: 0 dead letters\n2 left'),
      });
    const dropped = await runAs(
      'operator',
      'tools/dlq.ts',
      'drop',
      'tracking.dlq',
      '--newer-than',
      '1h',
      '--yes',
    );
    expect(dropped).toMatchObject({ code: 0, output: expect.stringContaining('drop: 2 dead letters') });
    expect(await depth('tracking.dlq')).toBe(0);
    expect(await runAs('operator', 'tools/dlq.ts', 'list', 'nowhere')).toMatchObject({
      code: 2,
      output: expect.stringContaining('There is no queue nowhere.'),
    });
  });
});
