/** What stands between the library and a broker. */

import type { Logger } from './log.ts';
import type { WireMessage } from './message.ts';

/** Where a message is sent. A queue is reached through the default exchange. */
export type Destination =
  | { readonly exchange: string; readonly routingKey: string }
  | { readonly queue: string };

/** One message handed out by a broker and not yet settled. Each delivery is settled at most once. */
export interface Delivery {
  readonly message: WireMessage;
  readonly queue: string;
  readonly exchange: string;
  readonly routingKey: string;
  readonly redelivered: boolean;
  /** True once the broker has taken the delivery back: its channel is gone and settling has no effect. */
  readonly stale: boolean;
  /** Done with it. May be sent in a batch. */
  ack(): void;
  /** `requeue: false` hands it to the queue's dead-letter exchange: the backstop, not the normal dead-letter path. */
  reject(requeue: boolean): void;
}

export interface SubscribeOptions {
  readonly queue: string;
  /** Most deliveries outstanding at once. */
  readonly prefetch: number;
  readonly onDelivery: (delivery: Delivery) => void;
}

export interface Subscription {
  /** Stops intake. Deliveries already handed out can still be settled until `close`. */
  cancel(): Promise<void>;
  /** Sends the batched acknowledgements and gives everything unsettled back to the broker. */
  close(): Promise<void>;
}

/** The names a service uses at a broker, checked before it starts. */
export interface TopologyNames {
  readonly exchanges: readonly string[];
  readonly queues: readonly string[];
}

/**
 * Exchanges, queues and bindings in the format of RabbitMQ's definitions file
 * (https://www.rabbitmq.com/docs/definitions), so that one file feeds the broker, the tools and the memory transport.
 * Other parts of such a file (users, policies, vhosts) are ignored here.
 */
export interface Topology {
  readonly exchanges: readonly ExchangeDeclaration[];
  readonly queues: readonly QueueDeclaration[];
  readonly bindings: readonly BindingDeclaration[];
}

export type Arguments = Readonly<Record<string, unknown>>;

export interface ExchangeDeclaration {
  readonly name: string;
  readonly type: 'direct' | 'topic' | 'fanout' | 'headers';
  readonly durable: boolean;
  readonly auto_delete?: boolean;
  readonly internal?: boolean;
  /** `alternate-exchange` names where unroutable messages go. */
  readonly arguments?: Arguments;
}

export interface QueueDeclaration {
  readonly name: string;
  readonly durable: boolean;
  readonly auto_delete?: boolean;
  /** `x-queue-type`, `x-message-ttl`, `x-dead-letter-exchange`, `x-dead-letter-routing-key`, `x-max-length`, … */
  readonly arguments?: Arguments;
}

export interface BindingDeclaration {
  readonly source: string;
  readonly destination: string;
  readonly destination_type: 'queue' | 'exchange';
  readonly routing_key: string;
  /** Of a headers exchange: the headers to match and `x-match`. */
  readonly arguments?: Arguments;
}

/** A connection to one broker. Implementations reconnect on their own; nothing here hangs beyond its signal. */
export interface Transport {
  readonly kind: string;
  /** True while both publishing and consuming are possible. */
  readonly connected: boolean;
  /**
   * Resolves once connected and every name exists.
   * @throws TopologyError when an exchange or queue is missing; the signal's reason when it aborts first
   */
  start(names: TopologyNames, log: Logger, signal: AbortSignal): Promise<void>;
  /**
   * Sends once, waiting for a connection if there is none, and resolves when the broker has confirmed.
   * @throws UnroutableError, PublishRejectedError, ConnectionLostError, TopologyError, or the signal's reason
   */
  publish(destination: Destination, message: WireMessage, signal: AbortSignal): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /**
   * The first message of a queue, or nothing if it is empty: for tools, not for work.
   * @throws TopologyError when there is no such queue
   */
  fetch(queue: string): Promise<Delivery | undefined>;
  /**
   * Declares what is missing, changes nothing that exists.
   * @throws TopologyError when something exists with other arguments
   */
  assertTopology(topology: Topology, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
