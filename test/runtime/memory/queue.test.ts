import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type Delivery,
  type ExchangeDeclaration,
  PublishRejectedError,
  type QueueDeclaration,
  type WireMessage,
} from '../../../runtime/index.ts';
import { memoryBroker } from '../../../runtime/memory/index.ts';
import { Journal } from '../support/scenario.ts';

const toDead = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': 'dead' };

/** A broker with the queues `q`, with these arguments, and `dead`. */
function broker(args: QueueDeclaration['arguments'] = {}, exchanges: ExchangeDeclaration[] = []) {
  const queue = (name: string, queueArgs = {}) => ({ name, durable: true, arguments: queueArgs });
  const made = memoryBroker({ exchanges, queues: [queue('q', args), queue('dead')], bindings: [] });
  onTestFinished(() => made.close());
  const transport = made.transport();
  const send = (id: string) => transport.publish({ queue: 'q' }, message(id), new AbortController().signal);
  const ids = (name: string) => made.messages(name).map(({ properties }) => properties.messageId);
  return { made, transport, send, ids };
}

function message(messageId: string): WireMessage {
  return { body: Buffer.from('{}'), headers: {}, properties: { messageId, persistent: true } };
}

describe('a queue', () => {
  it('lets messages expire in order and dead-letters them with the reason', async () => {
    const { made, send, ids } = broker({ 'x-message-ttl': 5, ...toDead });
    for (const id of ['1', '2', '3']) await send(id);
    await made.idle();
    expect(ids('q')).toEqual([]);
    expect(ids('dead')).toEqual(['1', '2', '3']);
    expect(made.messages('dead')[0]?.headers).toMatchObject({
      'x-first-death-queue': 'q',
      'x-first-death-reason': 'expired',
    });
  });

  it('drops its head when it is full, into the dead-letter queue if there is one', async () => {
    const { send, ids } = broker({ 'x-max-length': 2, ...toDead });
    for (const id of ['1', '2', '3']) await send(id);
    expect(ids('q')).toEqual(['2', '3']);
    expect(ids('dead')).toEqual(['1']);
  });

  it('refuses what is published when it is full, if told so', async () => {
    const { send, ids } = broker({ 'x-max-length': 1, 'x-overflow': 'reject-publish' });
    await send('1');
    await expect(send('2')).rejects.toThrow(PublishRejectedError);
    expect(ids('q')).toEqual(['1']);
  });

  it('dead-letters what comes back more often than its delivery limit', async () => {
    const { made, transport, send, ids } = broker({ 'x-delivery-limit': 2, ...toDead });
    const deliveries = new Journal<boolean>();
    await send('1');
    await transport.subscribe({
      queue: 'q',
      prefetch: 1,
      onDelivery: (delivery) => {
        deliveries.add(delivery.redelivered);
        delivery.reject(true);
      },
    });
    await made.idle();
    expect(deliveries.entries).toEqual([false, true, true]);
    expect(ids('dead')).toEqual(['1']);
  });

  it('gives returned messages back their places', async () => {
    const { transport, send, ids } = broker();
    for (const id of ['1', '2', '3', '4']) await send(id);
    const held = new Journal<Delivery>();
    await transport.subscribe({ queue: 'q', prefetch: 3, onDelivery: (delivery) => held.add(delivery) });
    await held.reaches(3);
    held.entries[1]?.ack();
    await transport.close();
    expect(ids('q')).toEqual(['1', '3', '4']);
  });

  it('feeds consumers in turn, or only the first where one is to be active', async () => {
    for (const [args, expected] of [
      [{}, ['a', 'b', 'a', 'b']],
      [{ 'x-single-active-consumer': true }, ['a', 'a', 'a', 'a']],
    ] as const) {
      const { made, transport, send } = broker(args);
      const fed: string[] = [];
      for (const name of ['a', 'b']) {
        const onDelivery = (delivery: Delivery) => {
          fed.push(name);
          delivery.ack();
        };
        await transport.subscribe({ queue: 'q', prefetch: 10, onDelivery });
      }
      for (const id of ['1', '2', '3', '4']) await send(id);
      await made.idle();
      expect(fed).toEqual(expected);
    }
  });
});

it('is idle only when nothing is in hand', async () => {
  const { made, transport, send } = broker();
  const held = new Journal<Delivery>();
  await transport.subscribe({ queue: 'q', prefetch: 10, onDelivery: (delivery) => held.add(delivery) });
  await send('1');
  let idle = false;
  const waiting = made.idle().then(() => {
    idle = true;
  });
  const [delivery] = await held.reaches(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(idle).toBe(false);
  delivery?.ack();
  await waiting;
});

it('does not follow a ring of exchanges for ever', async () => {
  const ring = ['a', 'b'].map((name) => ({ name, type: 'fanout' as const, durable: true }));
  const { transport } = broker({}, ring);
  const bind = (source: string, destination: string) => {
    return { source, destination, destination_type: 'exchange' as const, routing_key: '' };
  };
  await transport.assertTopology({ exchanges: [], queues: [], bindings: [bind('a', 'b'), bind('b', 'a')] });
  const sent = transport.publish(
    { exchange: 'a', routingKey: '' },
    message('1'),
    new AbortController().signal,
  );
  await expect(sent).rejects.toThrow(/No queue takes/);
});
