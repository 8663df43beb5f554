import { once } from 'node:events';
import type { Logger } from '../../../runtime/core/log.ts';
import {
  type ConsumerDefinition,
  type ConsumerSettings,
  defineConsumer,
  defineMessage,
  defineProducer,
  type HandlerContext,
  type LogSource,
  type ProducerDefinition,
  type ProducerMap,
  type QueueSource,
  type Received,
  type RetryPolicy,
  type Topology,
  type Transport,
  type WireMessage,
} from '../../../runtime/index.ts';

export interface Order {
  id: string;
  n: number;
}

/** The contract of the tests: an order with an id and a number, at most 1 KiB. */
export const orderPlaced = defineMessage<Order>()({
  type: 'order.placed',
  version: 1,
  maxBytes: 1024,
  envelope: 'domain-event',
  aggregateIdPath: '/id',
  validate: isOrder,
});

function isOrder(data: unknown): boolean {
  const { id, n } = (data ?? {}) as Partial<Order>;
  return typeof id === 'string' && typeof n === 'number';
}

export type OrderPlaced = typeof orderPlaced;

/** A work queue with two delay queues, a DLQ and a backstop, as the generator writes them. */
export function workQueue(queue: string): Topology {
  const backTo = { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': queue };
  return {
    exchanges: [{ name: `${queue}.ex`, type: 'topic', durable: true }],
    queues: [
      {
        name: queue,
        durable: true,
        arguments: { 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': `${queue}.dlq` },
      },
      { name: `${queue}.dlq`, durable: true },
      ...[20, 60].map((ttl) => ({
        name: `${queue}.retry.${ttl}ms`,
        durable: true,
        arguments: { 'x-message-ttl': ttl, ...backTo },
      })),
    ],
    bindings: [
      {
        source: `${queue}.ex`,
        destination: queue,
        destination_type: 'queue',
        routing_key: 'order.#',
      },
    ],
  };
}

export function retryPolicy(queue: string, overrides: Partial<RetryPolicy> = {}): RetryPolicy {
  return {
    maxAttempts: 3,
    backoff: 'exponential',
    baseDelayMs: 20,
    maxDelayMs: 60,
    jitter: 'full',
    tiers: [20, 60].map((delayMs) => ({ delayMs, queue: `${queue}.retry.${delayMs}ms` })),
    ...overrides,
  };
}

export interface OrderProducers extends ProducerMap {
  readonly orders: ProducerDefinition<OrderPlaced>;
}

export function orderProducer(queue: string, ordered = false): OrderProducers {
  const to = { exchange: `${queue}.ex` };
  return { orders: defineProducer({ broker: 'b', to, messages: [orderPlaced], ordered }) };
}

export type OrderContext = HandlerContext<OrderProducers>;

export type OrderHandler = (message: Received<OrderPlaced>, context: OrderContext) => Promise<void> | void;
export type OrderOverrides = Partial<ConsumerSettings<OrderPlaced, OrderProducers>>;

export function orderConsumer(
  queue: string,
  handler: OrderHandler,
  overrides: OrderOverrides = {},
): ConsumerDefinition<OrderPlaced, OrderProducers> {
  return defineConsumer<OrderPlaced, OrderProducers>({
    broker: 'b',
    queue,
    messages: [orderPlaced],
    handler,
    retry: retryPolicy(queue),
    deadLetter: { queue: `${queue}.dlq` },
    idempotency: { leaseMs: 5_000 },
    ...overrides,
  });
}

/** Things that happened, in order, and a way to wait until there are enough of them. Append-only. */
export class Journal<T> {
  readonly entries: T[] = [];
  readonly #signal = new EventTarget();

  add(entry: T): void {
    this.entries.push(entry);
    this.#signal.dispatchEvent(new Event('add'));
  }

  async reaches(count: number): Promise<readonly T[]> {
    while (this.entries.length < count) await once(this.#signal, 'add');
    return this.entries;
  }
}

/** Reads a channel to its end and beyond: every message that arrives, acknowledged. */
export async function collect(
  transport: Transport,
  source: QueueSource | LogSource,
): Promise<Journal<WireMessage>> {
  const journal = new Journal<WireMessage>();
  await transport.subscribe({
    ...source,
    prefetch: 100,
    onDelivery: (delivery) => {
      delivery.ack();
      journal.add(delivery.message);
    },
  });
  return journal;
}

/** Keeps the lines, for tests about what is logged; prints nothing. */
export class MemoryLog implements Logger {
  readonly lines: { level: string; fields: Readonly<Record<string, unknown>>; message: string }[] = [];
  debug = this.#at('debug');
  info = this.#at('info');
  warn = this.#at('warn');
  error = this.#at('error');
  child(): Logger {
    return this;
  }

  #at(level: string) {
    return (fields: Readonly<Record<string, unknown>>, message: string) => {
      this.lines.push({ level, fields, message });
    };
  }
}
