import { beforeEach, expect, it, onTestFinished } from 'vitest';
import {
  ConfigurationError,
  defineInboxConsumer,
  defineOutboxProducer,
  defineService,
  memoryOutbox,
  memoryStore,
  startService,
} from '../../../../runtime/index.ts';
import { type MemoryBroker, memoryBroker } from '../../../../runtime/memory/index.ts';
import { MemoryLog, orderPlaced, retryPolicy, workQueue } from '../../support/scenario.ts';

const order = (id: string, n = 0) => ({ id, n });
const poll = { timeout: 5_000, interval: 5 };

let broker: MemoryBroker;
let outbox: ReturnType<typeof memoryOutbox>;
beforeEach(() => {
  broker = memoryBroker(workQueue('out'));
  outbox = memoryOutbox();
});

const producers = {
  orders: defineOutboxProducer({
    broker: 'b',
    to: { exchange: 'out.ex' },
    messages: [orderPlaced],
    ordered: true,
  }),
  // No queue takes what it sends.
  nowhere: defineOutboxProducer({
    broker: 'b',
    to: { exchange: 'out.ex' },
    messages: [orderPlaced],
    routingKey: () => 'nowhere',
  }),
};

async function started() {
  const log = new MemoryLog();
  const service = await startService(defineService({ name: 'shop', producers, consumers: {} }), {
    transports: { b: broker.transport() },
    outbox,
    log,
  });
  onTestFinished(async () => void (await service.stop()));
  return service;
}

const arrived = () => broker.messages('out').map(({ properties }) => properties.messageId);

it('sends what has committed, in the order of the commits, and nothing else', async () => {
  const { orders } = (await started()).producers;
  await orders.transact(async (transaction) => {
    await orders.send('order.placed', order('a'), { transaction, eventId: 'e1' });
    await orders.send('order.placed', order('a'), { transaction, eventId: 'e2' });
    expect(outbox.size).toBe(0);
  });
  const failing = orders.transact(async (transaction) => {
    await orders.send('order.placed', order('a'), { transaction, eventId: 'never' });
    throw new Error('the user has changed her mind');
  });
  await expect(failing).rejects.toThrow('changed her mind');
  await orders.transact((transaction) =>
    orders.send('order.placed', order('a'), { transaction, eventId: 'e3' }),
  );
  await expect.poll(arrived, poll).toEqual(['e1', 'e2', 'e3']);
  await expect.poll(() => outbox.size, poll).toBe(0);
});

it('checks a message before it is written', async () => {
  const { orders } = (await started()).producers;
  const wrong = orders.transact((transaction) =>
    orders.send('order.placed', { id: 'a' } as never, { transaction }),
  );
  await expect(wrong).rejects.toThrow(/order\.placed/);
  expect(outbox.size).toBe(0);
});

it('holds what cannot be sent, tells, and lets the rest pass', async () => {
  const service = await started();
  const { orders, nowhere } = service.producers;
  await nowhere.transact((transaction) => nowhere.send('order.placed', order('a'), { transaction }));
  await orders.transact((transaction) =>
    orders.send('order.placed', order('b'), { transaction, eventId: 'e' }),
  );
  await expect.poll(arrived, poll).toEqual(['e']);
  await expect.poll(() => service.problems, poll).toEqual(['nowhere cannot send a message of the outbox.']);
  expect(outbox.size).toBe(1);
});

it('keeps for the next start what a stopping service has not sent', async () => {
  const first = await started();
  const { orders } = first.producers;
  await first.stop();
  await orders.transact((transaction) =>
    orders.send('order.placed', order('a'), { transaction, eventId: 'e' }),
  );
  expect(arrived()).toEqual([]);
  await started();
  await expect.poll(arrived, poll).toEqual(['e']);
});

it('sends what a handler has written only if its transaction commits, with the event as the cause', async () => {
  broker = memoryBroker({
    ...workQueue('out'),
    queues: [...workQueue('out').queues, { name: 'in', durable: true }, { name: 'in.dlq', durable: true }],
  });
  let fail = true;
  const store = memoryStore();
  const service = await startService(
    defineService({
      name: 'shop',
      producers: {
        ...producers,
        incoming: defineOutboxProducer({ broker: 'b', to: { queue: 'in' }, messages: [orderPlaced] }),
      },
      consumers: {
        work: defineInboxConsumer<typeof orderPlaced, typeof producers>({
          broker: 'b',
          queue: 'in',
          messages: [orderPlaced],
          handler: async ({ data, envelope }, { transaction, producers: { orders } }) => {
            await transaction.query('INSERT INTO orders VALUES ($1)', [data.id]);
            await orders.send('order.placed', data, { transaction, eventId: `after-${envelope.eventId}` });
            if (!fail) return;
            fail = false;
            throw new Error('once');
          },
          retry: retryPolicy('in', { tiers: [], baseDelayMs: 1, maxDelayMs: 1 }),
          deadLetter: { queue: 'in.dlq' },
          idempotency: {},
        }),
      },
    }),
    { transports: { b: broker.transport() }, outbox, store, log: new MemoryLog() },
  );
  onTestFinished(async () => void (await service.stop()));
  const { incoming } = service.producers;
  await incoming.transact((transaction) =>
    incoming.send('order.placed', order('a'), { transaction, eventId: 'cause' }),
  );
  await expect.poll(arrived, poll).toEqual(['after-cause']);
  expect(broker.messages('out')[0]?.headers).toMatchObject({ 'loom-causation-id': 'cause' });
  expect(store.committed).toEqual([{ text: 'INSERT INTO orders VALUES ($1)', values: ['a'] }]);
  expect(fail).toBe(false);
});

it('refuses a service without the outbox that its producers need', async () => {
  const service = defineService({ name: 'shop', producers, consumers: {} });
  await expect(startService(service, { transports: { b: broker.transport() } })).rejects.toThrow(
    ConfigurationError,
  );
});
