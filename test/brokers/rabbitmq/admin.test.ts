import { connect } from 'amqplib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Topology } from '../../../runtime/index.ts';
import { rabbitmqAdmin } from '../../../runtime/rabbitmq/index.ts';
import { freePort } from '../../support/ports.ts';
import { type Rabbit, startRabbit } from '../support/rabbit.ts';
import { describeWithBrokers } from '../support/require.ts';

const topology: Topology = {
  exchanges: [
    {
      name: 'orders',
      type: 'topic',
      durable: true,
      auto_delete: false,
      internal: false,
      arguments: { 'alternate-exchange': 'unrouted' },
    },
    { name: 'unrouted', type: 'fanout', durable: true, auto_delete: false, internal: true, arguments: {} },
    { name: 'labels', type: 'headers', durable: true, auto_delete: false, internal: false, arguments: {} },
  ],
  queues: [
    {
      name: 'payments',
      durable: true,
      auto_delete: false,
      arguments: { 'x-queue-type': 'quorum', 'x-max-length': 100, 'x-overflow': 'reject-publish' },
    },
    { name: 'parked', durable: true, auto_delete: false, arguments: { 'x-queue-type': 'classic' } },
  ],
  bindings: [
    { source: 'orders', destination: 'payments', destination_type: 'queue', routing_key: 'order.#' },
    { source: 'orders', destination: 'labels', destination_type: 'exchange', routing_key: '#' },
    { source: 'unrouted', destination: 'parked', destination_type: 'queue', routing_key: '' },
    {
      source: 'labels',
      destination: 'parked',
      destination_type: 'queue',
      routing_key: '',
      arguments: { 'x-match': 'all', carrier: 'post', fragile: true },
    },
  ],
};

// The API of the management plugin is at a port of its own, which a broker from the environment would have to tell.
describeWithBrokers('topology of a real RabbitMQ', { brokers: ['rabbitmq'], control: true }, () => {
  let rabbit: Rabbit;
  let managementUrl: string;

  beforeAll(async () => {
    const port = await freePort();
    managementUrl = `http://127.0.0.1:${port}`;
    rabbit = await startRabbit({
      plugins: ['rabbitmq_management'],
      conf: ['management.tcp.ip = 127.0.0.1', `management.tcp.port = ${port}`],
    });
  });
  afterAll(() => rabbit?.dispose());

  /** A virtual host of its own for each test. */
  let url = '';
  let count = 0;
  beforeEach(async () => {
    const vhost = `v${++count}`;
    await rabbit.ctl('add_vhost', vhost);
    await rabbit.ctl('set_permissions', '-p', vhost, 'guest', '.*', '.*', '.*');
    url = `${rabbit.url}/${vhost}`;
  });

  const admin = (more: object = {}) => rabbitmqAdmin({ url, managementUrl, ...more }, topology);

  const verify = (more?: object) => {
    const it = admin(more);
    return it.verify().finally(() => it.close());
  };
  const apply = (more?: object) => {
    const it = admin(more);
    return it.apply().finally(() => it.close());
  };

  async function change(action: (channel: Channel) => Promise<unknown>): Promise<void> {
    const connection = await connect(url);
    await action(await connection.createChannel());
    await connection.close();
  }
  type Channel = Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['createChannel']>>;

  const all = [
    'exchange orders',
    'exchange unrouted',
    'exchange labels',
    'queue payments',
    'queue parked',
    'binding orders → queue payments for "order.#"',
    'binding orders → exchange labels for "#"',
    'binding unrouted → queue parked for ""',
    'binding labels → queue parked for "" where {"carrier":"post","fragile":true,"x-match":"all"}',
  ];

  test('adds what is missing, finds nothing to do the second time, and then fits', async () => {
    expect((await verify()).differences).toEqual(all.map((element) => ({ kind: 'missing', element })));
    expect(await apply()).toEqual({ created: all, unchecked: [] });
    expect(await verify()).toEqual({ differences: [], unchecked: [] });
    expect(await apply()).toEqual({ created: [], unchecked: [] });
  });

  test('finds a changed argument, a missing binding, queue and exchange, and what is there besides', async () => {
    await apply();
    await change(async (channel) => {
      await channel.deleteQueue('payments');
      await channel.assertQueue('payments', {
        durable: true,
        arguments: { 'x-queue-type': 'quorum', 'x-max-length': 7, 'x-overflow': 'reject-publish' },
      });
      await channel.deleteQueue('parked');
      await channel.deleteExchange('labels');
      await channel.assertQueue('stranger');
      await channel.assertExchange('foreign', 'direct');
      await channel.bindQueue('stranger', 'orders', 'order.*');
    });
    const { differences, unchecked } = await verify();
    expect(unchecked).toEqual([]);
    expect(differences).toEqual([
      { kind: 'missing', element: 'exchange labels' },
      { kind: 'extra', element: 'exchange foreign' },
      { kind: 'changed', element: 'queue payments', detail: 'x-max-length is 7, the design says 100' },
      { kind: 'missing', element: 'queue parked' },
      { kind: 'extra', element: 'queue stranger' },
      ...[0, 1, 2, 3].map((n) => ({ kind: 'missing', element: all[5 + n] })),
      { kind: 'extra', element: 'binding orders → queue stranger for "order.*"' },
    ]);
  });

  test('refuses to touch what exists with other settings, and then adds nothing either', async () => {
    await change((channel) => channel.assertQueue('payments', { durable: true }));
    for (const settings of [{}, { managementUrl: undefined }]) {
      await expect(apply(settings)).rejects.toThrow(/Nothing was changed: .*\nqueue payments: /);
      expect((await verify()).differences.filter(({ kind }) => kind === 'missing')).toHaveLength(8);
    }
  });

  test('without the management API finds what AMQP tells, and says what it does not', async () => {
    const amqp = { managementUrl: undefined };
    const unchecked = [
      '4 bindings: AMQP cannot list them, and no management URL is set',
      'what the broker has besides: no management URL is set',
    ];
    expect(await verify(amqp)).toEqual({
      differences: all.slice(0, 5).map((element) => ({ kind: 'missing', element })),
      unchecked,
    });
    expect((await verify()).differences, 'looking adds nothing').toHaveLength(all.length);
    expect(await apply(amqp)).toEqual({ created: all.slice(0, 5), unchecked });
    expect(await verify(amqp)).toEqual({ differences: [], unchecked });
    expect((await verify()).differences, 'bindings were added as well').toEqual([]);
    await change(async (channel) => {
      await channel.deleteQueue('payments');
      await channel.assertQueue('payments', {
        durable: true,
        arguments: { 'x-queue-type': 'quorum', 'x-max-length': 7, 'x-overflow': 'reject-publish' },
      });
    });
    const [difference] = (await verify(amqp)).differences;
    expect(difference).toMatchObject({ kind: 'changed', element: 'queue payments' });
    expect(difference?.detail).toContain("inequivalent arg 'x-max-length'");
  });

  test('falls back to AMQP where nobody answers, but not where the API refuses', async () => {
    const nobody = { managementUrl: `http://127.0.0.1:${await freePort()}` };
    expect((await verify(nobody)).unchecked[1]).toBe(
      'what the broker has besides: the management API does not answer (ECONNREFUSED)',
    );
    await rabbit.ctl('add_user', 'plain', 'secret');
    const untagged = { username: 'plain', password: 'secret' };
    await expect(verify(untagged)).rejects.toThrow(/answers 401 to plain for the virtual host v/);
    await expect(verify({ managementUrl: 'ftp://x' })).rejects.toThrow(/must start with http/);
    await rabbit.ctl('delete_user', 'plain');
  });
});
