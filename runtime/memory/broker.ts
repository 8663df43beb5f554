import { PublishRejectedError, TopologyError, UnroutableError } from '../core/errors.ts';
import type {
  BindingDeclaration,
  Destination,
  ExchangeDeclaration,
  LogTopology,
  QueueDeclaration,
  TopicDeclaration,
  Topology,
  WireMessage,
} from '../core/types.ts';
import { MemoryGroup } from './group.ts';
import { type DeathReason, MemoryQueue, type OnDeath, type StoredMessage } from './queue.ts';
import { bindingMatches } from './routing.ts';
import { MemoryStream } from './stream.ts';
import { MemoryTopic } from './topic.ts';

/**
 * Exchanges, queues and bindings in this process, with RabbitMQ's routing and dead-lettering; and topics with the
 * partitions and groups of Kafka.
 */
export class Broker {
  readonly #exchanges = new Map<string, ExchangeDeclaration>();
  readonly #queues = new Map<string, MemoryQueue>();
  readonly #bindings = new Map<string, BindingDeclaration[]>();
  readonly #topics = new Map<string, MemoryTopic>();
  readonly #groups = new Map<string, MemoryGroup>();
  #waitingForIdle: (() => void)[] = [];

  /** @throws TopologyError when something exists with other settings, or a binding names what does not exist */
  declare(topology: Topology | LogTopology): void {
    if ('topics' in topology) for (const topic of topology.topics) this.#declareTopic(topic);
    else this.#declareQueues(topology);
  }

  #declareQueues({ exchanges, queues, bindings }: Topology): void {
    for (const exchange of exchanges) this.#declareExchange(exchange);
    for (const queue of queues) this.#declareQueue(queue);
    for (const binding of bindings) this.#bind(binding);
  }

  #declareExchange(declaration: ExchangeDeclaration): void {
    const known = this.#exchanges.get(declaration.name);
    if (known !== undefined) assertSame('exchange', known, declaration);
    this.#exchanges.set(declaration.name, declaration);
  }

  #declareQueue(declaration: QueueDeclaration): void {
    const known = this.#queues.get(declaration.name);
    if (known !== undefined) {
      assertSame('queue', known.declaration, declaration);
      return;
    }
    const onDeath: OnDeath = (from, stored, reason) => this.#deadLetter(from, stored, reason);
    const isStream = declaration.arguments?.['x-queue-type'] === 'stream';
    const Kind = isStream ? MemoryStream : MemoryQueue;
    this.#queues.set(declaration.name, new Kind(declaration, onDeath, () => this.#checkIdle()));
  }

  #declareTopic(declaration: TopicDeclaration): void {
    const known = this.#topics.get(declaration.name);
    if (known !== undefined) {
      assertSame('topic', known.declaration, declaration);
      return;
    }
    const wake = () => {
      for (const group of this.#groups.values()) group.wake();
    };
    this.#topics.set(declaration.name, new MemoryTopic(declaration, () => setImmediate(wake)));
  }

  #bind(binding: BindingDeclaration): void {
    if (!this.#exchanges.has(binding.source)) throw missing('exchange', binding.source);
    const known = binding.destination_type === 'queue' ? this.#queues : this.#exchanges;
    if (!known.has(binding.destination)) throw missing(binding.destination_type, binding.destination);
    const list = this.#bindings.get(binding.source) ?? [];
    const text = JSON.stringify(binding);
    if (!list.some((other) => JSON.stringify(other) === text)) list.push(binding);
    this.#bindings.set(binding.source, list);
  }

  /** Its messages and bindings go with it. */
  deleteQueue(name: string): void {
    this.queue(name).close();
    this.#queues.delete(name);
    for (const [source, list] of this.#bindings) {
      this.#bindings.set(
        source,
        list.filter(
          ({ destination_type, destination }) => destination_type !== 'queue' || destination !== name,
        ),
      );
    }
  }

  /** Its records go with it. */
  deleteTopic(name: string): void {
    this.topic(name);
    this.#topics.delete(name);
  }

  /** @throws TopologyError when there is none */
  topic(name: string): MemoryTopic {
    const topic = this.#topics.get(name);
    if (topic === undefined) throw missing('topic', name);
    return topic;
  }

  hasTopic(name: string): boolean {
    return this.#topics.has(name);
  }

  group(name: string): MemoryGroup {
    const known = this.#groups.get(name);
    if (known !== undefined) return known;
    const group = new MemoryGroup(
      (topic) => this.#topics.get(topic),
      () => this.#checkIdle(),
    );
    this.#groups.set(name, group);
    return group;
  }

  hasExchange(name: string): boolean {
    return this.#exchanges.has(name);
  }

  /** @throws TopologyError when there is none */
  queue(name: string): MemoryQueue {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw missing('queue', name);
    return queue;
  }

  /** @throws TopologyError when there is none */
  stream(name: string): MemoryStream {
    const stream = this.#queues.get(name);
    if (!(stream instanceof MemoryStream)) throw missing('stream', name);
    return stream;
  }

  /** @throws UnroutableError, PublishRejectedError, TopologyError */
  publish(to: Destination, message: WireMessage): void {
    if ('topic' in to) {
      this.topic(to.topic).append(message, to.key);
      return;
    }
    const [exchange, routingKey] = 'queue' in to ? ['', to.queue] : [to.exchange, to.routingKey];
    const queues = this.#route(exchange, routingKey, message);
    if (queues.size === 0) {
      throw new UnroutableError(`No queue takes ${routingKey} from ${exchange || 'the default exchange'}.`);
    }
    for (const queue of queues) {
      if (queue.refusesPublish)
        throw new PublishRejectedError(`The queue ${queue.declaration.name} is full.`);
    }
    for (const queue of queues) queue.push(message, exchange, routingKey);
  }

  #route(
    exchange: string,
    routingKey: string,
    message: WireMessage,
    seen = new Set<string>(),
  ): Set<MemoryQueue> {
    const found = new Set<MemoryQueue>();
    if (exchange === '') {
      const queue = this.#queues.get(routingKey);
      return queue === undefined ? found : found.add(queue);
    }
    const declaration = this.#exchanges.get(exchange);
    if (declaration === undefined) throw missing('exchange', exchange);
    if (seen.has(exchange)) return found;
    seen.add(exchange);
    for (const binding of this.#bindings.get(exchange) ?? []) {
      if (!bindingMatches(declaration.type, binding, routingKey, message.headers)) continue;
      if (binding.destination_type === 'queue') found.add(this.queue(binding.destination));
      else for (const queue of this.#route(binding.destination, routingKey, message, seen)) found.add(queue);
    }
    const alternate = declaration.arguments?.['alternate-exchange'];
    if (found.size === 0 && typeof alternate === 'string') {
      return this.#route(alternate, routingKey, message, seen);
    }
    return found;
  }

  /** Without a dead-letter exchange, or where it leads nowhere, the message is gone, as at RabbitMQ. */
  #deadLetter({ declaration }: MemoryQueue, stored: StoredMessage, reason: DeathReason): void {
    const { 'x-dead-letter-exchange': exchange, 'x-dead-letter-routing-key': key } =
      declaration.arguments ?? {};
    if (typeof exchange !== 'string') return;
    const routingKey = typeof key === 'string' ? key : stored.routingKey;
    const died = {
      'x-first-death-queue': declaration.name,
      'x-first-death-reason': reason,
      'x-first-death-exchange': stored.exchange,
    };
    const message = { ...stored.message, headers: { ...died, ...stored.message.headers } };
    for (const queue of this.#route(exchange, routingKey, message)) queue.push(message, exchange, routingKey);
  }

  /** Resolves when nothing moves any more: nothing in hand, nothing delayed, nothing waiting for a present consumer. */
  async idle(): Promise<void> {
    if (!this.#isIdle()) await new Promise<void>((resolve) => this.#waitingForIdle.push(resolve));
  }

  #isIdle(): boolean {
    const channels = [...this.#queues.values(), ...this.#groups.values()];
    return channels.every(({ moving }) => moving === 0);
  }

  #checkIdle(): void {
    if (this.#waitingForIdle.length === 0 || !this.#isIdle()) return;
    for (const resolve of this.#waitingForIdle.splice(0)) resolve();
  }

  close(): void {
    for (const queue of this.#queues.values()) queue.close();
  }
}

type Declaration = ExchangeDeclaration | QueueDeclaration | TopicDeclaration;

function assertSame(kind: string, known: Declaration, declared: Declaration): void {
  if (canonical(known) === canonical(declared)) return;
  throw new TopologyError(`The ${kind} ${declared.name} exists with other settings.`);
}

function canonical(declaration: Declaration): string {
  const { arguments: args = {}, configs = {}, ...rest } = declaration as QueueDeclaration & TopicDeclaration;
  return JSON.stringify([rest, args, configs].map((part) => Object.entries(part).sort()));
}

function missing(kind: string, name: string): TopologyError {
  return new TopologyError(`The ${kind} ${name} does not exist.`);
}
