import { orAborted } from '../../core/abort.ts';
import { ClosedError, TopologyError } from '../../core/errors.ts';
import { createLogger, type Logger } from '../../core/log.ts';
import type {
  Delivery,
  Destination,
  Subscription,
  TopologyNames,
  Transport,
  WireMessage,
} from '../../core/types.ts';
import type { RedisConfig } from '../../redis/config.ts';
import { Connection } from '../../redis/connection.ts';
import { toTask } from '../protocol.ts';
import { queueOf, refuseForeign, workersAlone } from '../queues.ts';
import { DeadLetterList } from './deadLetters.ts';
import { listOf, toEntry } from './lists.ts';

/** Sends tasks to lists of Redis; a send is confirmed by the reply. Queues are made by use: none can be missing. */
export class CeleryRedisTransport implements Transport {
  readonly kind = 'celery';
  readonly #config: RedisConfig;
  readonly #closing = new AbortController();
  readonly #lists = new Map<string, DeadLetterList>();
  #log: Logger | undefined;
  #known: Connection | undefined;

  constructor(config: RedisConfig) {
    this.#config = config;
  }

  get connected(): boolean {
    return this.#known?.ready === true;
  }

  async start(names: TopologyNames, log: Logger, signal: AbortSignal): Promise<void> {
    this.#log = log;
    refuseForeign(names);
    await this.#connection().whenReady(AbortSignal.any([signal, this.#closing.signal]));
  }

  async publish(destination: Destination, message: WireMessage, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const queue = queueOf(destination);
    const task = toTask(message);
    const connection = this.#connection();
    if (!connection.ready) await connection.whenReady(AbortSignal.any([signal, this.#closing.signal]));
    await orAborted(
      connection.command('LPUSH', listOf(queue, task.properties.priority), toEntry(queue, task)),
      signal,
    );
  }

  async subscribe(): Promise<Subscription> {
    throw workersAlone();
  }

  async fetch(queue: string): Promise<Delivery | undefined> {
    const connection = this.#connection();
    await connection.whenReady(this.#closing.signal);
    const list = this.#lists.get(queue) ?? new DeadLetterList(connection, queue);
    this.#lists.set(queue, list);
    return list.next();
  }

  async assertTopology(topology: object): Promise<void> {
    if ('topics' in topology) throw new TopologyError('Celery has no topics to declare.');
  }

  async close(): Promise<void> {
    // A failure leaves the dead letter where it is.
    await Promise.allSettled([...this.#lists.values()].map((list) => list.settled()));
    this.#closing.abort(new ClosedError('The connection to Redis is closed.'));
    await this.#known?.close();
  }

  #connection(): Connection {
    this.#closing.signal.throwIfAborted();
    this.#log ??= createLogger('messaging');
    this.#known ??= new Connection(this.#config, 'celery', this.#log);
    return this.#known;
  }
}
