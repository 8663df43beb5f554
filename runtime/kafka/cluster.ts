import { isIP } from 'node:net';
import { apiVersionsV3, Connection, findCoordinatorV6, metadataV12 } from '@platformatic/kafka';
import { ClosedError, ConfigurationError, ConnectionLostError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import { answerOf, assertNoError, errorId } from './answers.ts';
import type { ConnectionSettings } from './config.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

export interface TopicInfo {
  readonly id: string;
  /** Node ids by partition; -1 where there is no leader now. */
  readonly leaders: readonly number[];
}

/** Kafka answers the requests of a connection one after the other, so what may wait long has a connection of its own. */
export type Lane = 'control' | 'produce' | `fetch ${string}` | `group ${string}`;

const connectTimeoutMs = 5_000;
/** Milliseconds after which a connection that does not answer is given up. Sends and fetches carry data, and time. */
const answerTimeoutMs = { control: 5_000, group: 5_000, produce: 15_000, fetch: 30_000 } as const;
/** In flight on one connection; every request of ours is sent at once, and nothing waits inside the client. */
const maxInflights = 1_000;
const groupCoordinator = 0;
/** Milliseconds in which news of a topic reaches every broker, also one that has just started. */
const spreadMs = 2_000;

/** What is known of the brokers and topics, and the connections to them. */
export class Cluster {
  readonly #settings: ConnectionSettings;
  readonly #log: Logger;
  readonly #connections = new Map<string, Promise<Connection>>();
  readonly #brokers = new Map<number, Address>();
  readonly #topics = new Map<string, TopicInfo>();
  /** Since when brokers say that there is no such topic, and whether that was logged. */
  readonly #missing = new Map<string, { readonly since: number; told: boolean }>();
  readonly #coordinators = new Map<string, number>();
  /** Last known id of each topic, those included that are missing. */
  readonly #ids = new Map<string, string>();
  readonly #onRemade = new Set<(topic: string) => void>();
  #refreshing: { readonly names: ReadonlySet<string>; readonly done: Promise<void> } | undefined;
  #closed = false;

  constructor(settings: ConnectionSettings, log: Logger) {
    this.#settings = settings;
    this.#log = log;
  }

  /** What the last refresh told; undefined when there was no such topic then. */
  topic(name: string): TopicInfo | undefined {
    return this.#topics.get(name);
  }

  /** There is no such topic, and that is not just a broker that has not heard of it yet. */
  isMissing(name: string): boolean {
    const known = this.#missing.get(name);
    return known !== undefined && performance.now() - known.since >= spreadMs;
  }

  /** Those included that are missing, so that their return is noticed. */
  get topicNames(): Iterable<string> {
    return new Set([...this.#topics.keys(), ...this.#missing.keys()]);
  }

  nameOf(id: string): string | undefined {
    for (const [name, topic] of this.#topics) if (topic.id === id) return name;
    return undefined;
  }

  /** Asks for brokers, topics and leaders anew. Shared by all that ask for the same at the same time. */
  async refresh(topics: Iterable<string> = this.topicNames): Promise<void> {
    const names = new Set(topics);
    const running = this.#refreshing;
    if (running !== undefined && [...names].every((name) => running.names.has(name))) return running.done;
    const done = this.#refresh([...names]).finally(() => {
      if (this.#refreshing?.done === done) this.#refreshing = undefined;
    });
    this.#refreshing = { names, done };
    return done;
  }

  async #refresh(names: string[]): Promise<void> {
    const connection = await this.any();
    const { brokers, topics } = await answerOf(metadataV12.api.async(connection, names, false, false));
    this.#brokers.clear();
    for (const { nodeId, host, port } of brokers) this.#brokers.set(nodeId, { host, port });
    for (const { name, topicId, errorCode, partitions } of topics) {
      if (!name) continue;
      const id = errorId(errorCode);
      if (id === 'UNKNOWN_TOPIC_OR_PARTITION') {
        this.#miss(name);
        continue;
      }
      if (id !== 'LEADER_NOT_AVAILABLE') assertNoError(`to tell of ${name}`, errorCode);
      this.#topics.set(name, { id: topicId, leaders: leadersOf(partitions) });
      this.#missing.delete(name);
      const lastId = this.#ids.get(name) ?? topicId;
      this.#ids.set(name, topicId);
      if (lastId !== topicId) this.#tellRemade(name);
    }
  }

  /** Calls back, before anything else sees the new id, when a topic was deleted and made again: its offsets begin anew. */
  watchRemade(onRemade: (topic: string) => void): void {
    this.#onRemade.add(onRemade);
  }

  unwatchRemade(onRemade: (topic: string) => void): void {
    this.#onRemade.delete(onRemade);
  }

  #tellRemade(name: string): void {
    this.#log.warn({ topic: name }, 'The topic was deleted and made again.');
    for (const onRemade of this.#onRemade) onRemade(name);
  }

  #miss(name: string): void {
    this.#topics.delete(name);
    const known = this.#missing.get(name);
    if (known === undefined) this.#missing.set(name, { since: performance.now(), told: false });
    else if (!known.told && this.isMissing(name)) {
      known.told = true;
      this.#log.error({ topic: name }, 'There is no such topic. Waiting for it.');
    }
  }

  /** @throws ConfigurationError when the broker is older than Kafka 4.0, whose group protocol is needed */
  async assertVersion(): Promise<void> {
    const { apiKeys } = await apiVersionsV3.api.async(await this.any(), 'brokerloom', '1');
    const heartbeat = apiKeys.find(({ name }) => name === 'ConsumerGroupHeartbeat');
    if (heartbeat === undefined || heartbeat.maxVersion < 1) {
      throw new ConfigurationError('The broker is older than Kafka 4.0 and has no consumer group protocol.');
    }
  }

  /** A connection to any broker. */
  async any(): Promise<Connection> {
    const known = [...this.#brokers.values(), ...this.#settings.brokers];
    const start = Math.floor(Math.random() * known.length);
    let failure: unknown;
    for (let i = 0; i < known.length; i++) {
      const address = known[(start + i) % known.length];
      if (address === undefined) continue;
      try {
        return await this.#connect(address, 'control');
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  async node(id: number, lane: Lane): Promise<Connection> {
    const address = this.#brokers.get(id);
    if (address === undefined) throw new ConnectionLostError(`Kafka's broker ${id} is not known.`);
    return this.#connect(address, lane);
  }

  /** The broker that a group talks to. */
  async coordinator(group: string): Promise<Connection> {
    let id = this.#coordinators.get(group);
    if (id === undefined) {
      const request = findCoordinatorV6.api.async(await this.any(), groupCoordinator, [group]);
      const [found] = (await answerOf(request)).coordinators;
      assertNoError(`to name the coordinator of ${group}`, found?.errorCode ?? -1, found?.errorMessage);
      id = found?.nodeId ?? -1;
      if (!this.#brokers.has(id)) await this.refresh();
      this.#coordinators.set(group, id);
    }
    return this.node(id, `group ${group}`);
  }

  forgetCoordinator(group: string): void {
    this.#coordinators.delete(group);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const open = await Promise.allSettled(this.#connections.values());
    await Promise.all(
      open.map((result) => (result.status === 'fulfilled' ? result.value.close() : undefined)),
    );
  }

  #connect(address: Address, lane: Lane): Promise<Connection> {
    if (this.#closed) throw new ClosedError('The connection to Kafka is closed.');
    const id = `${address.host}:${address.port} ${lane}`;
    const known = this.#connections.get(id);
    if (known !== undefined) return known;
    const opening = this.#open(address, lane);
    this.#connections.set(id, opening);
    const forget = () => {
      if (this.#connections.get(id) === opening) this.#connections.delete(id);
    };
    opening.then((connection) => connection.once('close', forget), forget);
    return opening;
  }

  async #open({ host, port }: Address, lane: Lane): Promise<Connection> {
    const { tls, sasl } = this.#settings;
    const [purpose] = lane.split(' ') as [keyof typeof answerTimeoutMs];
    const connection = new Connection('brokerloom', {
      connectTimeout: connectTimeoutMs,
      requestTimeout: answerTimeoutMs[purpose],
      maxInflights,
      // Server name indication takes names only; what the certificate must name is the host in either case.
      ...(tls === undefined ? {} : { tls, tlsServerName: isIP(host) === 0 }),
      ...(sasl === undefined ? {} : { sasl }),
    });
    // What went wrong reaches the requests in flight; without a listener the event would end the process.
    connection.on('error', () => {});
    try {
      await connection.connect(host, port);
    } catch (error) {
      await connection.close();
      throw error;
    }
    const broker = `${host}:${port}`;
    this.#log.info({ broker, lane }, 'Connected to Kafka.');
    connection.once('close', () => {
      if (!this.#closed) this.#log.warn({ broker, lane }, 'The connection to Kafka is lost.');
    });
    return connection;
  }
}

function leadersOf(partitions: readonly { partitionIndex: number; leaderId: number }[]): readonly number[] {
  const leaders: number[] = Array.from({ length: partitions.length }, () => -1);
  for (const { partitionIndex, leaderId } of partitions) leaders[partitionIndex] = leaderId;
  return leaders;
}
