/** What stands between the library and a broker. */

import type { Logger } from './log.ts';
import type { WireMessage } from './message.ts';
import type { OffsetStore } from './offsets.ts';

/** A queue, each of whose messages goes to one consumer. */
export interface QueueSource {
  readonly queue: string;
}

/** A channel that messages are read from. */
export type Channel = QueueSource | { readonly topic: string };

/**
 * Where a message is sent. A queue of RabbitMQ is reached through the default exchange. A key means something to queues
 * and exchanges that keep an order for each key; others pass over it.
 */
export type Destination =
  | { readonly exchange: string; readonly routingKey: string; readonly key?: string | Uint8Array }
  | {
      readonly queue: string;
      readonly key?: string | Uint8Array;
      /** Milliseconds for which the queue holds the message back, where one can; a delay queue does so by itself. */
      readonly delayMs?: number;
    }
  /** Records of one key share a partition, and with it an order. Without a key the partition is any. */
  | { readonly topic: string; readonly key?: string | Uint8Array };

/** Which queue handed a message out, and how it was first published. */
export interface QueueOrigin {
  readonly queue: string;
  readonly exchange: string;
  readonly routingKey: string;
  /** Where the queue keeps an order for each key. */
  readonly key?: string | Uint8Array;
}

/** The place of a record in a topic. Offsets of a partition rise, with gaps. */
export interface TopicOrigin {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key?: Uint8Array;
}

/** One message handed out by a broker and not yet settled. Each delivery is settled at most once. */
export interface Delivery {
  readonly message: WireMessage;
  readonly origin: QueueOrigin | TopicOrigin;
  /** Handed out before, as far as the broker can tell: a log never can. */
  readonly redelivered: boolean;
  /** True once the broker has taken the delivery back: channel or assignment is gone and settling has no effect. */
  readonly stale: boolean;
  /**
   * A log wants the partition for another member: what has begun should end and be settled, nothing should be tried
   * once more. A queue takes back at once, without this.
   */
  readonly revoked?: boolean;
  /**
   * Work on it begins, perhaps not for the first time. False: a log has taken it back already, since it has not begun and
   * stands behind all that have. Whoever gets the partition reads it.
   */
  begin?(): boolean;
  /** Done with it. May be sent in a batch. */
  ack(): void;
  /**
   * Gives it back. `requeue: false` hands it to the queue's dead-letter exchange: the backstop, not the normal
   * dead-letter path. A log has no backstop: there, both hand it out again.
   */
  reject(requeue: boolean): void;
}

/** One topic of a log subscription. */
export interface SubscribedTopic {
  readonly topic: string;
  /** Milliseconds. A record with a due time (`loom-due-time`) waits for it, with all behind it, but never longer. */
  readonly maxDelayMs?: number;
}

/** Topics read by one member of a group, which shares their partitions with the other members. */
export interface LogSource {
  readonly topics: readonly SubscribedTopic[];
  readonly group: string;
  /** Where a group without a committed offset begins. Default `earliest`. */
  readonly startFrom?: 'earliest' | 'latest';
}

/** A stream and who reads it. */
export interface StreamSource {
  readonly stream: string;
  /** Name under which the offset is kept. */
  readonly group: string;
  /** Where a group that has never read begins. Default `earliest`. */
  readonly startFrom?: 'earliest' | 'latest';
}

export type SubscribeOptions = (QueueSource | LogSource) & {
  /** Most deliveries outstanding at once. */
  readonly prefetch: number;
  /** May return a promise that resolves when nothing more will happen to the delivery, be it settled or not. */
  readonly onDelivery: (delivery: Delivery) => Promise<void> | void;
};

/** What the broker still holds for a subscription. */
export interface Backlog {
  /**
   * Messages that wait in the queue, whoever takes them; of a log, records that this member's partitions still hold for
   * its group, so that the members of a group add up.
   */
  readonly messages: number;
  /** Age of the oldest of them, where the broker tells. */
  readonly oldestAgeMs?: number;
}

/** A stream whose broker keeps no offsets, from where its group has got to. */
export interface StreamOptions extends StreamSource {
  readonly offsets: OffsetStore;
  /** Most deliveries outstanding at once. */
  readonly prefetch: number;
  readonly onDelivery: (delivery: Delivery) => void;
}

export interface Subscription {
  /** Absent where the broker cannot tell. Rejects while there is no connection; settles within seconds. */
  backlog?(): Promise<Backlog>;
  /** Stops intake. Deliveries already handed out can still be settled until `close`. */
  cancel(): Promise<void>;
  /** Sends the batched acknowledgements and gives everything unsettled back to the broker. */
  close(): Promise<void>;
}

/** The names a service uses at a broker, checked before it starts. */
export interface TopologyNames {
  readonly exchanges: readonly string[];
  readonly queues: readonly string[];
  readonly topics?: readonly string[];
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

/** Topics as the generator writes them (`topics.json`); other keys of such a file are ignored here. */
export interface LogTopology {
  readonly topics: readonly TopicDeclaration[];
}

export interface TopicDeclaration {
  readonly name: string;
  readonly partitions: number;
  /** Copies of each partition. Default: the broker's. */
  readonly replicationFactor?: number;
  /** Topic settings by the broker's names (https://kafka.apache.org/documentation/#topicconfigs). */
  readonly configs?: Readonly<Record<string, string>>;
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

/** How dead letters are to be moved back. */
export interface MoveOptions {
  /** Most a second. Default: as the broker likes. */
  readonly perSecond?: number;
  /** Ends it early; what was moved stays moved. */
  readonly signal: AbortSignal;
  /** Called now and then with how many were moved so far. */
  onMoved?(total: number): void;
}

/** What a broker has moved back by itself. */
export interface MoveReport {
  /** About: brokers count such things roughly. */
  readonly moved: number;
  /** False: it was ended before the dead-letter queue was empty. */
  readonly complete: boolean;
}

/** A connection to one broker. Implementations reconnect on their own; nothing here hangs beyond its signal. */
export interface Transport {
  readonly kind: string;
  /** True while both publishing and consuming are possible. */
  readonly connected: boolean;
  /**
   * Resolves once connected and every name exists.
   * @throws TopologyError when an exchange, queue or topic is missing; the signal's reason when it aborts first
   */
  start(names: TopologyNames, log: Logger, signal: AbortSignal): Promise<void>;
  /**
   * Sends once, waiting for a connection if there is none, and resolves when the broker has confirmed.
   * @throws UnroutableError, PublishRejectedError, ConnectionLostError, TopologyError, or the signal's reason
   */
  publish(destination: Destination, message: WireMessage, signal: AbortSignal): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** Only where the broker has streams whose offsets it does not keep. */
  subscribeStream?(options: StreamOptions): Promise<Subscription>;
  /**
   * The next message of a queue or topic, or nothing at its end: for tools, not for work. A dead-letter topic keeps its
   * records: `ack` writes a marker beside one, and what has a marker is not fetched again.
   * @throws TopologyError when there is no such queue or topic
   */
  fetch(channel: string): Promise<Delivery | undefined>;
  /**
   * Only where the broker has a way to move all dead letters of a queue, as they are, to the consumer that failed. Nothing:
   * not those of this queue, or not under these conditions, and none was moved.
   */
  moveDeadLetters?(queue: string, options: MoveOptions): Promise<MoveReport | undefined>;
  /**
   * Declares what is missing, changes nothing that exists.
   * @throws TopologyError when something exists with other settings, or the broker has no such thing
   */
  assertTopology(topology: Topology | LogTopology, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
