import type { LogTopology, Topology, WireMessage } from '../core/types.ts';
import { Broker } from './broker.ts';
import { MemoryTransport } from './transport.ts';

export type { MemoryTransport } from './transport.ts';

/** A broker inside this process, for tests, demos and development. Its content ends with the process. */
export interface MemoryBroker {
  /** A connection; give each service its own. */
  transport(): MemoryTransport;
  /**
   * What waits in a queue, first to last; of a topic everything, but dead letters that were replayed or dropped.
   * @throws TopologyError when there is no such queue or topic
   */
  messages(channel: string): readonly WireMessage[];
  /** As an operator's mistake would. */
  deleteQueue(queue: string): void;
  deleteTopic(topic: string): void;
  /** Resolves when nothing moves any more: all handled, in a dead-letter queue, or without a consumer. */
  idle(): Promise<void>;
  /** Ends the timers of delayed messages. */
  close(): void;
}

/** @param topology the broker's channels: the content of its definitions.json or topics.json */
export function memoryBroker(topology: Topology | LogTopology): MemoryBroker {
  const broker = new Broker();
  broker.declare(topology);
  return {
    transport: () => new MemoryTransport(broker),
    messages: (channel) =>
      broker.hasTopic(channel) ? broker.topic(channel).openMessages : broker.queue(channel).messages,
    deleteQueue: (queue) => broker.deleteQueue(queue),
    deleteTopic: (topic) => broker.deleteTopic(topic),
    idle: () => broker.idle(),
    close: () => broker.close(),
  };
}
