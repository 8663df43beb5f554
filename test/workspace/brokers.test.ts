import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Broker } from '../brokers/support/broker.ts';
import { type Rabbit, startRabbit } from '../brokers/support/rabbit.ts';
import { startRedis } from '../brokers/support/redis.ts';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { reapDir } from '../support/reaper.ts';
import { Workspace } from './support.ts';

const VHOST = 'fulfilment';

describeWithBrokers('the generated broker set-up', { brokers: ['rabbitmq', 'redis'], control: true }, () => {
  let workspace: Workspace;
  let rabbit: Rabbit;
  let redis: Broker;

  beforeAll(async () => {
    workspace = await Workspace.install('fulfilment');
    reapDir(workspace.folder);
    expect((await workspace.run('npm', 'run', 'setup')).code).toBe(0);
    // As the compose file mounts them: topology first, then users.
    const definitions = join(workspace.folder, 'definitions.d');
    mkdirSync(definitions);
    cpSync(join(workspace.folder, 'brokers/work/definitions.json'), join(definitions, '10-topology.json'));
    cpSync(join(workspace.folder, 'secrets/work/users.json'), join(definitions, '20-users.json'));
    const users = join(workspace.folder, 'secrets/store/users.acl');
    [rabbit, redis] = await Promise.all([
      startRabbit({ conf: [`load_definitions = ${definitions}`] }),
      startRedis(['--aclfile', users, '--maxmemory-policy', 'noeviction']),
    ]);
  });

  afterAll(async () => {
    await Promise.all([rabbit?.dispose(), redis?.dispose()]);
    workspace?.dispose();
  });

  const secretsOf = (user: string): Record<string, string> =>
    Object.fromEntries(
      workspace
        .read(`secrets/${user}.env`)
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );

  const login = (user: string) => {
    const { WORK_PASSWORD: password } = secretsOf(user);
    return connect(`amqp://${user}:${password}@127.0.0.1:${new URL(rabbit.url).port}/${VHOST}`);
  };

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
    const client = async (user?: string) => {
      const login =
        user === undefined ? {} : { username: user, password: secretsOf(user)['STORE_PASSWORD'] ?? '' };
      const connection = createClient({ url: redis.url, ...login, disableClientInfo: true, RESP: 2 });
      connection.on('error', () => {});
      return connection.connect();
    };
    const nobody = await client();
    expect(await nobody.ping()).toBe('PONG');
    await expect(nobody.get('x')).rejects.toThrow(/NOPERM/);
    const service = await client('payment');
    expect(await service.set('x', '1')).toBe('OK');
    await expect(service.flushAll()).rejects.toThrow(/NOPERM/);
    nobody.destroy();
    service.destroy();
  });

  test('takes the load generator, which publishes through the services’ own producers', async () => {
    const url = `amqp://127.0.0.1:${new URL(rabbit.url).port}/${VHOST}`;
    const env = ['--env-file=secrets/operator.env', 'tools/load.ts', '--count', '20'];
    const { code, output } = await workspace.run('env', `WORK_URL=${url}`, 'node', ...env);
    expect(output).toContain('load: 100 sent, 0 not sent');
    expect(code).toBe(0);
    const depth = async (queue: string) => {
      const rows = await rabbit.ctl(
        '-q',
        '--formatter',
        'json',
        'list_queues',
        '-p',
        VHOST,
        'name',
        'messages',
      );
      return JSON.parse(rows).find(({ name }: { name: string }) => name === queue)?.messages;
    };
    expect(await depth('payments')).toBe(20);
    expect(await depth('email')).toBe(60);
    expect(await depth('labels-express')).toBe(20);
    expect(await depth('unrouted.parked')).toBe(0);
  });
});
