import { afterEach, describe, expect, it } from 'vitest';
import { type Deferred, deferred } from '../../../runtime/core/abort.ts';
import {
  ClosedError,
  OrderHeldError,
  PublishRejectedError,
  SendTimeoutError,
  UnroutableError,
  ValidationError,
} from '../../../runtime/core/errors.ts';
import { ProducerClient } from '../../../runtime/core/producer.ts';
import { noTelemetry } from '../../../runtime/core/telemetry/none.ts';
import type { Destination, ProducerDefinition, Transport, WireMessage } from '../../../runtime/core/types.ts';
import { orderPlaced } from '../support/scenario.ts';

/** Each publish waits until the test says how it ends: the only way to look at what is unsettled. */
class ScriptedTransport implements Pick<Transport, 'publish'> {
  readonly published: { to: Destination; message: WireMessage; end: Deferred<void> }[] = [];
  #open = false;

  /** Confirms what is unsettled and all that follows. */
  confirmAll(): void {
    this.#open = true;
    for (const { end } of this.published) end.resolve();
  }

  async publish(to: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    const end = deferred<void>();
    if (this.#open) end.resolve();
    this.published.push({ to, message, end });
    signal.addEventListener('abort', () => end.reject(signal.reason));
    return end.promise;
  }

  get ids(): (string | undefined)[] {
    return this.published.map(({ message }) => message.properties.messageId);
  }
}

const transports: ScriptedTransport[] = [];

// What a test has left unsettled would fail at its deadline, in the middle of another test.
afterEach(async () => {
  for (const transport of transports.splice(0)) transport.confirmAll();
  await settle();
});

function producer(overrides: Partial<ProducerDefinition> = {}) {
  const transport = new ScriptedTransport();
  transports.push(transport);
  const definition: ProducerDefinition = {
    broker: 'b',
    to: { exchange: 'ex' },
    messages: [orderPlaced],
    ...overrides,
  };
  const client = new ProducerClient(
    definition,
    transport as unknown as Transport,
    noTelemetry.producer({ service: 's', producer: 'p', broker: 'b', system: 'fake', destination: 'd' }),
  );
  const send = (eventId: string, id = 'o', options = {}) =>
    client.send('order.placed', { id, n: 1 }, { eventId, ...options });
  return { transport, client, send };
}

/** Lets everything run that needs no more input. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a send', () => {
  it('resolves when the broker has confirmed, with the event id', async () => {
    const { transport, send } = producer();
    const sending = send('e');
    await settle();
    expect(transport.published[0]?.to).toEqual({ exchange: 'ex', routingKey: 'order.placed', key: 'o' });
    transport.published[0]?.end.resolve();
    expect(await sending).toEqual({ eventId: 'e', attempts: 1 });
  });

  it('goes where the definition says', async () => {
    const routed = producer({
      routingKey: ({ type, aggregateId }) => `${type}.${aggregateId}`,
      headers: () => ({ a: 1 }),
    });
    void routed.send('e', 'x', { headers: { b: 2 } });
    const queued = producer({ to: { queue: 'jobs' } });
    void queued.send('e');
    await settle();
    expect(routed.transport.published[0]?.to).toEqual({
      exchange: 'ex',
      routingKey: 'order.placed.x',
      key: 'x',
    });
    expect(routed.transport.published[0]?.message.headers).toMatchObject({ a: 1, b: 2 });
    expect(queued.transport.published[0]?.to).toEqual({ queue: 'jobs', key: 'o' });
    const serial = producer({ to: { queue: 'jobs' }, ordered: 'total' });
    void serial.send('e');
    await settle();
    expect(serial.transport.published[0]?.to).toEqual({ queue: 'jobs', key: '*' });
  });

  it('is repeated with the same id when the broker refuses it', async () => {
    const { transport, send } = producer();
    const sending = send('e');
    await settle();
    transport.published[0]?.end.reject(new PublishRejectedError('full'));
    await expect.poll(() => transport.ids).toEqual(['e', 'e']);
    transport.published[1]?.end.resolve();
    expect(await sending).toEqual({ eventId: 'e', attempts: 2 });
  });

  it('is not repeated when repeating cannot help', async () => {
    const { transport, send } = producer();
    const sending = send('e');
    await settle();
    transport.published[0]?.end.reject(new UnroutableError('nobody'));
    await expect(sending).rejects.toThrow(UnroutableError);
    expect(transport.ids).toEqual(['e']);
  });

  it('settles by its deadline, never as a success', async () => {
    const { send } = producer({ timeoutMs: 20 });
    await expect(send('e')).rejects.toThrow(SendTimeoutError);
    await expect(send('e', 'o', { timeoutMs: 5 })).rejects.toThrow('within 5 ms');
  });

  it('is checked before anything goes out', async () => {
    const { transport, client } = producer();
    await expect(client.send('order.placed', { id: 5 })).rejects.toThrow(ValidationError);
    await expect(client.send('order.eaten', {})).rejects.toThrow(ValidationError);
    expect(transport.published).toEqual([]);
  });
});

describe('the window', () => {
  it('holds further sends back, and lets the next one in when one settles', async () => {
    const { transport, send } = producer({ maxUnsettled: 2 });
    for (const id of ['1', '2', '3', '4']) void send(id);
    await settle();
    expect(transport.ids).toEqual(['1', '2']);
    transport.published[1]?.end.resolve();
    await settle();
    expect(transport.ids).toEqual(['1', '2', '3']);
  });

  it('counts the wait towards the deadline', async () => {
    const { transport, send } = producer({ maxUnsettled: 1 });
    void send('1');
    await expect(send('2', 'o', { timeoutMs: 10 })).rejects.toThrow(SendTimeoutError);
    expect(transport.ids).toEqual(['1']);
  });
});

describe('an ordered flow', () => {
  it('has one unsettled message per key', async () => {
    const { transport, send } = producer({ ordered: true });
    for (const [id, key] of [
      ['a1', 'a'],
      ['a2', 'a'],
      ['b1', 'b'],
    ] as const)
      void send(id, key);
    await settle();
    expect(transport.ids).toEqual(['a1', 'b1']);
    transport.published[0]?.end.resolve();
    await settle();
    expect(transport.ids).toEqual(['a1', 'b1', 'a2']);
  });

  it('holds the later ones while an earlier one is repeated', async () => {
    const { transport, send } = producer({ ordered: true });
    const [first, second] = [send('a1', 'a'), send('a2', 'a')];
    await settle();
    transport.published[0]?.end.reject(new PublishRejectedError('full'));
    await expect.poll(() => transport.ids).toEqual(['a1', 'a1']);
    transport.published[1]?.end.resolve();
    await first;
    await settle();
    expect(transport.ids).toEqual(['a1', 'a1', 'a2']);
    transport.published[2]?.end.resolve();
    await second;
  });

  it('fails the ones that waited behind a failure, unsent, and starts afresh', async () => {
    const { transport, send } = producer({ ordered: true });
    const sends = Promise.allSettled([send('a1', 'a'), send('a2', 'a'), send('a3', 'a')]);
    await settle();
    transport.published[0]?.end.reject(new UnroutableError('nobody'));
    const reasons = (await sends).map((result) => result.status === 'rejected' && result.reason);
    expect(reasons).toEqual([
      expect.any(UnroutableError),
      expect.any(OrderHeldError),
      expect.any(OrderHeldError),
    ]);
    const again = send('a4', 'a');
    await settle();
    expect(transport.ids).toEqual(['a1', 'a4']);
    transport.published[1]?.end.resolve();
    await again;
  });

  it('fails the ones behind a send that ran out of time while it waited', async () => {
    const { transport, send } = producer({ ordered: true });
    const first = send('a1', 'a');
    const second = send('a2', 'a', { timeoutMs: 10 });
    const third = send('a3', 'a');
    third.catch(() => {});
    await expect(second).rejects.toThrow(SendTimeoutError);
    const fourth = send('a4', 'a');
    transport.published[0]?.end.resolve();
    await first;
    await expect(third).rejects.toThrow(OrderHeldError);
    await expect.poll(() => transport.ids).toEqual(['a1', 'a4']);
    transport.published[1]?.end.resolve();
    await fourth;
  });

  it('has one unsettled message at all where the order is total', async () => {
    const { transport, send } = producer({ ordered: 'total' });
    void send('a1', 'a');
    void send('b1', 'b');
    await settle();
    expect(transport.ids).toEqual(['a1']);
    transport.published[0]?.end.resolve();
    await settle();
    expect(transport.ids).toEqual(['a1', 'b1']);
  });

  it('needs a key', async () => {
    const { client } = producer({ ordered: true });
    await expect(client.send('order.placed', { id: '', n: 1 })).rejects.toThrow(/no key/);
  });
});

it('closes: refuses new sends and waits for those at work', async () => {
  const { transport, client, send } = producer();
  const sending = send('1');
  await settle();
  const closing = client.close();
  await expect(send('2')).rejects.toThrow(ClosedError);
  transport.published[0]?.end.resolve();
  await closing;
  expect(await sending).toMatchObject({ eventId: '1' });
});
