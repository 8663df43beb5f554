import { expect, it, onTestFinished } from 'vitest';
import { type Delivery, memoryStore } from '../../../runtime/index.ts';
import { memoryBroker } from '../../../runtime/memory/index.ts';

const topology = {
  exchanges: [],
  queues: [{ name: 's', durable: true, arguments: { 'x-queue-type': 'stream' } }],
  bindings: [],
};

function world() {
  const broker = memoryBroker(topology);
  const transport = broker.transport();
  const offsets = memoryStore();
  onTestFinished(() => transport.close());
  const publish = async (...bodies: string[]) => {
    for (const body of bodies) {
      const message = { body: Buffer.from(body), headers: {}, properties: { persistent: true } };
      await transport.publish({ queue: 's' }, message, AbortSignal.timeout(1_000));
    }
  };
  const read = async (
    onDelivery: (delivery: Delivery, body: string) => void,
    startFrom: 'earliest' | 'latest' = 'earliest',
  ) =>
    transport.subscribeStream({
      stream: 's',
      group: 'g',
      startFrom,
      offsets,
      prefetch: 2,
      onDelivery: (delivery) => onDelivery(delivery, Buffer.from(delivery.message.body).toString()),
    });
  return { broker, transport, offsets, publish, read };
}

it('keeps its records, and goes on where its group was', async () => {
  const { broker, offsets, publish, read } = world();
  await publish('a', 'b', 'c');
  expect(broker.messages('s')).toHaveLength(3);
  const seen: string[] = [];
  const take = (delivery: Delivery, body: string) => {
    seen.push(body);
    delivery.ack();
  };
  const first = await read(take);
  await broker.idle();
  expect(broker.messages('s')).toEqual([]);
  await first.close();
  expect(broker.messages('s')).toHaveLength(3);
  expect(await offsets.loadOffset('g', 's')).toBe(3n);
  await publish('d');
  await read(take);
  await broker.idle();
  expect(seen).toEqual(['a', 'b', 'c', 'd']);
});

it('begins with what comes where it is read from the latest', async () => {
  const { broker, publish, read } = world();
  await publish('a');
  const seen: string[] = [];
  await read((delivery, body) => {
    seen.push(body);
    delivery.ack();
  }, 'latest');
  await publish('b');
  await broker.idle();
  expect(seen).toEqual(['b']);
});

it('hands out again what was rejected, or not settled before a reconnect, and passes nothing open', async () => {
  const { broker, transport, offsets, publish, read } = world();
  await publish('a', 'b', 'c');
  const seen: string[] = [];
  const open: Delivery[] = [];
  await read((delivery, body) => {
    seen.push(body + (delivery.redelivered ? '!' : ''));
    if (body === 'a' && !delivery.redelivered) delivery.reject(true);
    else if (body === 'b' && open.length === 0) open.push(delivery);
    else delivery.ack();
  });
  await expect.poll(() => seen).toEqual(['a', 'b', 'a!', 'c']);
  expect(await offsets.loadOffset('g', 's')).toBe(1n);
  transport.cutConnection();
  expect(open[0]?.stale).toBe(true);
  await broker.idle();
  expect(seen.slice(4)).toEqual(['b', 'c']);
  expect(await offsets.loadOffset('g', 's')).toBe(3n);
});

it('is no queue', async () => {
  const { transport } = world();
  await expect(transport.fetch('s')).rejects.toThrow('s is a stream');
  const asQueue = { queue: 's', prefetch: 1, onDelivery: () => {} };
  await expect(transport.subscribe(asQueue)).rejects.toThrow('s is a stream');
});
