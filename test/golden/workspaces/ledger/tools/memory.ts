import { setTimeout } from 'node:timers/promises';
import {
  type MemoryOutbox,
  memoryOutbox,
  memoryStore,
  type ServiceDefinition,
  type ServiceOptions,
  startService,
} from '../messaging/index.ts';
import { memoryBroker } from '../messaging/memory/index.ts';
import { channelsOf, topologies } from './topologies.ts';

/** The brokers of the design and an idempotency store, all in this process. Each call makes new ones. */
export function inMemory() {
  const store = memoryStore();
  const outboxes: MemoryOutbox[] = [];
  const newOutbox = () => {
    const outbox = memoryOutbox();
    outboxes.push(outbox);
    return outbox;
  };
  const brokers = Object.entries(topologies).map(([id, topology]) => ({
    id,
    topology,
    broker: memoryBroker(topology),
  }));
  const options = (): ServiceOptions => ({
    transports: Object.fromEntries(brokers.map(({ id, broker }) => [id, broker.transport()])),
    store,
    outbox: newOutbox(),
  });
  /** Whether all outboxes are empty at last. What cannot be sent stays in them for good, so it gives up after a while. */
  const sent = async () => {
    const end = Date.now() + 10_000;
    while (outboxes.some(({ size }) => size > 0) && Date.now() < end) await setTimeout(10);
    return outboxes.every(({ size }) => size === 0);
  };
  return {
    start: (service: ServiceDefinition) => startService(service, options()),
    sent,
    /** Resolves when nothing moves any more. */
    idle: async () => {
      while (await sent()) {
        await Promise.all(brokers.map(({ broker }) => broker.idle()));
        // Handlers may have written more.
        if (outboxes.every(({ size }) => size === 0)) return;
      }
    },
    /** What is in the queues: dead letters, and messages that no service reads; and all that topics keep. */
    waiting: () =>
      brokers.flatMap(({ broker, topology }) =>
        channelsOf(topology).flatMap((channel) =>
          broker.messages(channel).map((message) => ({ channel, message })),
        ),
      ),
    close: () => {
      for (const { broker } of brokers) broker.close();
    },
  };
}
