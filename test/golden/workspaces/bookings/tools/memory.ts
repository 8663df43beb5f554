import {
  memoryStore,
  type ServiceDefinition,
  type ServiceOptions,
  startService,
  type Topology,
} from '../messaging/index.ts';
import { memoryBroker } from '../messaging/memory/index.ts';
import { channelsOf, topologies } from './topologies.ts';

/** Topics of SNS deliver into queues of SQS: in memory these are one broker. */
const joined: Readonly<Record<string, Topology>> = {
  work: topologies.work,
  events: topologies.events,
};

function joinedBroker() {
  const parts = Object.values(joined);
  return memoryBroker({
    exchanges: parts.flatMap(({ exchanges }) => exchanges),
    queues: parts.flatMap(({ queues }) => queues),
    bindings: parts.flatMap(({ bindings }) => bindings),
  });
}

/** The brokers of the design and an idempotency store, all in this process. Each call makes new ones. */
export function inMemory() {
  const store = memoryStore();
  const shared = joinedBroker();
  const brokers = Object.entries(topologies).map(([id, topology]) => ({
    id,
    topology,
    broker: id in joined ? shared : memoryBroker(topology),
  }));
  const options = (): ServiceOptions => ({
    transports: Object.fromEntries(brokers.map(({ id, broker }) => [id, broker.transport()])),
    store,
  });
  return {
    start: (service: ServiceDefinition) => startService(service, options()),
    /** Resolves when what was sent is in the queues: at once, as no service sends through an outbox. */
    sent: async () => true,
    /** Resolves when nothing moves any more. */
    idle: () => Promise.all(brokers.map(({ broker }) => broker.idle())),
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
