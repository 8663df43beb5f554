import { expect, it } from 'vitest';
import {
  type Delivery,
  TopologyError,
  type TopologyNames,
  UnroutableError,
  type WireMessage,
} from '../../../runtime/index.ts';
import type { Channels } from '../support/channels.ts';
import { collect, Journal, MemoryLog } from '../support/scenario.ts';
import type { Harness } from './harness.ts';
import { connect, freshName, freshWork, soon } from './world.ts';

export function publishingSuite(harness: () => Harness, channels: Channels): void {
  it('carries body, headers and properties unchanged', async () => {
    const queue = await freshWork(harness(), channels);
    const transport = await connect(harness());
    const message: WireMessage = {
      body: Buffer.from('{"text":"ü€ "}'),
      headers: { tenant: 'a', count: 3, flag: true },
      properties: {
        messageId: 'm-1',
        type: 'order.placed',
        contentType: 'application/json',
        correlationId: 'c-1',
        timestamp: 1_700_000_000,
        persistent: true,
      },
    };
    await transport.publish(channels.to(queue), message, soon());
    const [received] = await (await collect(transport, channels.rest(queue))).reaches(1);
    expect(Buffer.from(received?.body ?? []).toString()).toBe('{"text":"ü€ "}');
    const headers = Object.entries(message.headers).map(([name, value]) => [
      name,
      channels.headerValue(value as never),
    ]);
    expect(received?.headers).toEqual(Object.fromEntries(headers));
    expect(received?.properties).toEqual(message.properties);
  });

  it('refuses a topology that exists with other settings', async () => {
    const name = await freshWork(harness(), channels);
    const transport = await connect(harness());
    const declared = transport.assertTopology(channels.other(name));
    await expect(declared).rejects.toThrow(TopologyError);
    await expect(declared).rejects.toThrow(name);
  });

  if (channels.kind === 'log') logOnly(harness, channels);
  else if (channels.amqp) queueOnly(harness, channels);
  else withoutExchanges(harness, channels);
}

/** Queues that producers send to. */
function withoutExchanges(harness: () => Harness, channels: Channels): void {
  it('names a missing queue, and the neighbours on the connection still get through', async () => {
    const queue = await freshWork(harness(), channels);
    const transport = await connect(harness());
    const missing = freshName();
    const failing = transport.publish({ queue: missing }, text('lost'), soon());
    const kept = transport.publish(channels.to(queue), text('kept'), soon());
    await expect(failing).rejects.toThrow(TopologyError);
    await expect(failing).rejects.toThrow(missing);
    await kept;
    expect(await bodies(await collect(transport, channels.rest(queue)), 1)).toEqual(['kept']);
  });

  it('refuses to start when a queue is missing, naming it; exchanges and topics it has none', async () => {
    const transport = harness().transport();
    const start = (names: Partial<TopologyNames>) =>
      transport.start({ exchanges: [], queues: [], ...names }, new MemoryLog(), soon());
    await expect(start({ queues: ['absent-queue'] })).rejects.toThrow(/absent-queue/);
    await expect(start({ queues: ['absent-queue'] })).rejects.toThrow(TopologyError);
    await expect(start({ exchanges: ['absent-exchange'] })).rejects.toThrow(TopologyError);
    await expect(start({ topics: ['absent-topic'] })).rejects.toThrow(TopologyError);
    await transport.close();
  });
}

/** Exchanges, and what no queue takes. */
function queueOnly(harness: () => Harness, channels: Channels): void {
  it('rejects a message that no queue takes, and goes on working', async () => {
    const queue = await freshWork(harness(), channels);
    const transport = await connect(harness());
    const nowhere = { exchange: `${queue}.ex`, routingKey: 'nobody.listens' };
    await expect(transport.publish(nowhere, text('lost'), soon())).rejects.toThrow(UnroutableError);
    await expect(transport.publish({ queue: freshName() }, text('lost'), soon())).rejects.toThrow(
      UnroutableError,
    );
    await transport.publish({ exchange: `${queue}.ex`, routingKey: 'order.placed' }, text('kept'), soon());
    expect(await bodies(await collect(transport, channels.rest(queue)), 1)).toEqual(['kept']);
  });

  it('names a missing exchange, and the neighbours on the connection still get through', async () => {
    const queue = await freshWork(harness(), channels);
    const transport = await connect(harness());
    const missing = freshName();
    const failing = transport.publish({ exchange: missing, routingKey: 'k' }, text('x'), soon());
    await expect(failing).rejects.toThrow(TopologyError);
    await expect(failing).rejects.toThrow(missing);
    await transport.publish(channels.to(queue), text('kept'), soon());
    expect(await bodies(await collect(transport, channels.rest(queue)), 1)).toEqual(['kept']);
  });

  it('refuses to start when an exchange or queue is missing, naming each', async () => {
    const transport = harness().transport();
    const start = (names: TopologyNames) => transport.start(names, new MemoryLog(), soon());
    await expect(start({ exchanges: ['absent-exchange'], queues: [] })).rejects.toThrow(/absent-exchange/);
    await expect(start({ exchanges: [], queues: ['absent-queue'] })).rejects.toThrow(/absent-queue/);
    await expect(start({ exchanges: [], queues: ['absent-queue'] })).rejects.toThrow(TopologyError);
    await transport.close();
  });

  it('routes like each exchange type, through exchange bindings and alternates', async () => {
    const name = freshName();
    const queues = ['direct', 'star', 'hash', 'fan', 'any', 'all', 'unrouted', 'chained'];
    const q = (suffix: string) => `${name}.${suffix}`;
    const bind = (source: string, destination: string, routing_key: string, args = {}) => ({
      source: q(source),
      destination: q(destination),
      destination_type: 'queue' as const,
      routing_key,
      arguments: args,
    });
    const exchange = (suffix: string, type: 'direct' | 'topic' | 'fanout' | 'headers', args = {}) => {
      return { name: q(suffix), type, durable: true, arguments: args };
    };
    const transport = await connect(harness(), {
      exchanges: [
        exchange('ex.lost', 'fanout'),
        exchange('ex.direct', 'direct', { 'alternate-exchange': q('ex.lost') }),
        exchange('ex.topic', 'topic'),
        exchange('ex.fan', 'fanout'),
        exchange('ex.headers', 'headers', { 'alternate-exchange': q('ex.lost') }),
      ],
      queues: queues.map((suffix) => ({ name: q(suffix), durable: true })),
      bindings: [
        bind('ex.lost', 'unrouted', ''),
        bind('ex.direct', 'direct', 'a.b'),
        bind('ex.topic', 'star', 'order.*'),
        bind('ex.topic', 'hash', 'order.#'),
        bind('ex.fan', 'fan', ''),
        { ...bind('ex.fan', 'ex.topic', ''), destination_type: 'exchange' },
        bind('ex.topic', 'chained', 'via.fan'),
        bind('ex.headers', 'any', '', { 'x-match': 'any', region: 'eu', tier: 'gold' }),
        bind('ex.headers', 'all', '', { 'x-match': 'all', region: 'eu', tier: 'gold' }),
      ],
    });
    const send = (ex: string, routingKey: string, headers = {}) => {
      const id = `${ex}/${routingKey}${JSON.stringify(headers)}`;
      return transport.publish({ exchange: q(ex), routingKey }, { ...text(id), headers }, soon());
    };
    await send('ex.direct', 'a.b');
    await send('ex.direct', 'a.c');
    await send('ex.topic', 'order.placed');
    await send('ex.topic', 'order');
    await send('ex.topic', 'order.placed.eu');
    await send('ex.fan', 'via.fan');
    await send('ex.headers', '', { region: 'eu', tier: 'gold' });
    await send('ex.headers', '', { region: 'eu', tier: 'tin' });
    await send('ex.headers', '', { region: 'us' });
    const got = async (suffix: string, count: number) =>
      bodies(await collect(transport, { queue: q(suffix) }), count);
    expect(await got('direct', 1)).toEqual(['ex.direct/a.b{}']);
    expect(await got('star', 1)).toEqual(['ex.topic/order.placed{}']);
    expect(await got('hash', 3)).toEqual([
      'ex.topic/order.placed{}',
      'ex.topic/order{}',
      'ex.topic/order.placed.eu{}',
    ]);
    expect(await got('fan', 1)).toEqual(['ex.fan/via.fan{}']);
    expect(await got('chained', 1)).toEqual(['ex.fan/via.fan{}']);
    expect(await got('all', 1)).toEqual(['ex.headers/{"region":"eu","tier":"gold"}']);
    expect(await got('any', 2)).toHaveLength(2);
    expect(await got('unrouted', 2)).toEqual(['ex.direct/a.c{}', 'ex.headers/{"region":"us"}']);
  });
}

/** Topics and their partitions. */
function logOnly(harness: () => Harness, channels: Channels): void {
  it('names a missing topic, and the neighbours on the connection still get through', async () => {
    const name = await freshWork(harness(), channels);
    const transport = await connect(harness());
    const missing = freshName();
    const failing = transport.publish({ topic: missing }, text('lost'), soon());
    const kept = transport.publish(channels.to(name), text('kept'), soon());
    await expect(failing).rejects.toThrow(TopologyError);
    await expect(failing).rejects.toThrow(missing);
    await kept;
    expect(await bodies(await collect(transport, channels.rest(name)), 1)).toEqual(['kept']);
  });

  it('refuses to start when a topic is missing, naming it; queues and exchanges it has none', async () => {
    const transport = harness().transport();
    const start = (names: Partial<TopologyNames>) =>
      transport.start({ exchanges: [], queues: [], ...names }, new MemoryLog(), soon());
    await expect(start({ topics: ['absent-topic'] })).rejects.toThrow(/absent-topic/);
    await expect(start({ topics: ['absent-topic'] })).rejects.toThrow(TopologyError);
    await expect(start({ queues: ['absent-queue'] })).rejects.toThrow(TopologyError);
    await expect(transport.publish({ queue: 'absent-queue' }, text('x'), soon())).rejects.toThrow(
      /absent-queue/,
    );
    await transport.close();
  });

  it('keeps the records of a key together and in order, and spreads those without', async () => {
    const name = await freshWork(harness(), channels);
    const transport = await connect(harness());
    const sends: Promise<void>[] = [];
    for (let n = 0; n < 60; n++) {
      sends.push(transport.publish({ topic: name, key: `key-${n % 10}` }, text(`${n % 10}/${n}`), soon()));
      sends.push(transport.publish({ topic: name }, text(`-/${n}`), soon()));
    }
    await Promise.all(sends);
    const journal = new Journal<Delivery>();
    await transport.subscribe({
      ...channels.rest(name),
      prefetch: 200,
      onDelivery: (delivery) => journal.add(delivery),
    });
    const seen = (await journal.reaches(120)).map(({ message, origin }) => {
      const [key, n] = Buffer.from(message.body).toString().split('/');
      return { key, n: Number(n), partition: 'partition' in origin ? origin.partition : -1 };
    });
    for (let key = 0; key < 10; key++) {
      const records = seen.filter((record) => record.key === String(key));
      expect(records.map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5].map((turn) => turn * 10 + key));
      expect(new Set(records.map(({ partition }) => partition)).size).toBe(1);
    }
    const unkeyed = seen.filter(({ key }) => key === '-').map(({ partition }) => partition);
    expect(new Set(unkeyed)).toEqual(new Set([0, 1, 2]));
    expect(
      new Set(seen.filter(({ key }) => key !== '-').map(({ partition }) => partition)).size,
    ).toBeGreaterThan(1);
  });
}

function text(body: string): WireMessage {
  return { body: Buffer.from(body), headers: {}, properties: { messageId: body, persistent: true } };
}

async function bodies(journal: Journal<WireMessage>, count: number): Promise<string[]> {
  return (await journal.reaches(count)).map(({ body }) => Buffer.from(body).toString());
}
