import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { deferred, orAborted } from '../core/abort.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import type { Logger } from '../core/log.ts';
import type { Backlog, LogSource, SubscribeOptions, Subscription } from '../core/types.ts';
import { Acknowledger } from './acknowledger.ts';
import type { Catalogue } from './catalogue.ts';
import { Chores } from './chores.ts';
import type { Connection } from './connection.ts';
import { Intake } from './intake.ts';
import { entriesByKey, type Joined, Membership } from './membership.ts';
import type { StreamEntry } from './message.ts';
import { keysOf } from './streams.ts';

export type StreamsSubscription = Extract<SubscribeOptions, LogSource>;

/** Milliseconds for which Redis may hold a read when there is nothing. */
const blockMs = 1_000;
/** Milliseconds between looks of a group in which one member at a time works: for entries, and for that member's end. */
const pollMs = 20;
const standbyMs = 250;
/** Milliseconds to wait at most for more room than a little. */
const gatherMs = 5;
/** Milliseconds that the last acknowledgements may take. */
const maxFlushMs = 2_500;

/** One member of a group at work. Reads block, so they have a connection of their own. */
export class RedisSubscription implements Subscription {
  readonly #options: StreamsSubscription;
  readonly #connection: Connection;
  readonly #reading: Connection;
  readonly #catalogue: Catalogue;
  readonly #log: Logger;
  readonly #intake: Intake;
  readonly #acknowledger: Acknowledger;
  readonly #membership: Membership;
  readonly #chores: Chores;
  readonly #consumer = `${hostname()}-${randomUUID()}`;
  readonly #stopping = new AbortController();
  readonly #firstJoin = deferred<void>();
  readonly #run: Promise<void>;
  /** Whoever waits for room looks at what there is. */
  #onRoom: (() => void) | undefined;
  #joined: Joined | undefined;
  #active = false;
  /** What went wrong last, while it does. */
  #known: string | undefined;

  constructor(
    { connection, reading }: { readonly connection: Connection; readonly reading: Connection },
    catalogue: Catalogue,
    options: StreamsSubscription,
    log: Logger,
  ) {
    const { group, prefetch, onDelivery } = options;
    this.#options = options;
    this.#connection = connection;
    this.#reading = reading;
    this.#catalogue = catalogue;
    this.#log = log;
    this.#intake = new Intake({
      prefetch,
      onDelivery: (delivery) => void onDelivery(delivery),
      onSettled: (key, id) => this.#acknowledger.add(key, id),
      onRoom: () => this.#onRoom?.(),
    });
    this.#acknowledger = new Acknowledger(connection, group, (key, ids) => this.#intake.forget(key, ids));
    const consumer = this.#consumer;
    this.#membership = new Membership({ connection, catalogue, intake: this.#intake, group, consumer });
    this.#chores = new Chores({
      connection,
      membership: this.#membership,
      intake: this.#intake,
      acknowledger: this.#acknowledger,
      isActive: () => this.#active,
      deposed: () => this.#depose(),
      onFailure: (error) => this.#complain(error),
    });
    this.#run = this.#work();
  }

  /** False while Redis does not answer, or a stream is gone. */
  get healthy(): boolean {
    return this.#stopping.signal.aborted || (this.#joined !== undefined && this.#reading.ready);
  }

  /** Resolves when the streams are there and this member can read them. */
  whenJoined(signal: AbortSignal): Promise<void> {
    return orAborted(this.#firstJoin.promise, signal);
  }

  async backlog(): Promise<Backlog> {
    return this.#membership.backlog(this.#joined?.sources ?? []);
  }

  /** An entry was put aside for later, in this process. */
  scheduled(): void {
    this.#chores.wake();
  }

  async cancel(): Promise<void> {
    this.#intake.stop();
    this.#stopping.abort();
    // What a read under way was answered with is still pending, and given back on close.
    this.#reading.destroy();
    await this.#run;
  }

  async close(): Promise<void> {
    await this.cancel();
    await orAborted(this.#acknowledger.flush(), AbortSignal.timeout(maxFlushMs)).catch(() => {});
    await this.#chores.stop();
    this.#intake.loseAll();
    // Without a connection others take over what is left, once it has been idle for long enough.
    if (!this.#connection.ready || this.#joined === undefined) return;
    const left = this.#membership.leave(this.#joined.sources, this.#active);
    await orAborted(left, AbortSignal.timeout(maxFlushMs)).catch(() => {});
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted; ) {
      try {
        this.#joined ??= await this.#join();
        await this.#read(this.#joined);
        failures = 0;
        this.#known = undefined;
      } catch (error) {
        if (signal.aborted) return;
        this.#joined = undefined;
        this.#complain(error);
        await pause(20 + fullJitter(++failures, 50, 1_000), signal);
      }
    }
  }

  async #join(): Promise<Joined> {
    const { signal } = this.#stopping;
    await this.#connection.whenReady(signal);
    await this.#reading.whenReady(signal);
    await this.#catalogue.refresh();
    const { topics, group: name, startFrom = 'earliest' } = this.#options;
    const streams = await Promise.all(topics.map(({ topic }) => this.#catalogue.find(topic)));
    const declared = streams.flatMap(({ groups = [] }) => groups.filter((group) => group.name === name));
    const sources = streams.flatMap((stream) =>
      keysOf(stream).map((key, partition) => ({ topic: stream.name, partition, key })),
    );
    for (const stream of streams) {
      const isDelayed = topics.some(
        ({ topic, maxDelayMs }) => topic === stream.name && maxDelayMs !== undefined,
      );
      const from = isDelayed ? 'earliest' : startFrom;
      for (const key of keysOf(stream)) await this.#catalogue.createGroup(key, { name, startFrom: from });
    }
    const joined: Joined = { sources, streams, group: { name, ...declared[0] } };
    this.#chores.start(joined);
    this.#firstJoin.resolve();
    const isOneOfMany = joined.group.singleActive !== true;
    for (const source of sources) {
      await this.#membership.recover(source);
      if (isOneOfMany) await this.#chores.takeOver(joined, source);
    }
    return joined;
  }

  async #read(joined: Joined): Promise<void> {
    const { signal } = this.#stopping;
    if (joined.group.singleActive && !this.#active) return this.#succeed(joined);
    await this.#room(() => this.#intake.wanted > 0);
    await this.#room(() => !this.#intake.isNearlyFull, gatherMs);
    const { wanted } = this.#intake;
    if (wanted === 0) return;
    const perKey = Math.max(1, Math.floor(wanted / joined.sources.length));
    const found = joined.group.singleActive
      ? await this.#membership.readAsActive(joined.sources, perKey)
      : await this.#readBlocking(joined, perKey);
    if (found === undefined) return this.#depose();
    for (const [key, entries] of found) {
      const source = joined.sources.find((each) => each.key === key);
      if (source !== undefined) for (const entry of entries) this.#intake.feed(source, entry, false);
    }
    if (joined.group.singleActive && found.length === 0) await pause(pollMs, signal);
  }

  /** Waits until there is enough room, for so long at most. */
  async #room(isEnough: () => boolean, withinMs?: number): Promise<void> {
    if (isEnough()) return;
    const { promise, resolve } = deferred<void>();
    this.#onRoom = () => {
      if (isEnough()) resolve();
    };
    const timer = withinMs === undefined ? undefined : setTimeout(resolve, withinMs);
    await orAborted(promise, this.#stopping.signal).finally(() => {
      clearTimeout(timer);
      this.#onRoom = undefined;
    });
  }

  async #readBlocking(
    { sources, group }: Joined,
    perKey: number,
  ): Promise<readonly [string, readonly StreamEntry[]][]> {
    const keys = sources.map(({ key }) => key);
    const reply = await this.#reading.command(
      ...['XREADGROUP', 'GROUP', group.name, this.#consumer, 'COUNT', String(perKey)],
      ...['BLOCK', String(blockMs), 'STREAMS', ...keys, ...keys.map(() => '>')],
    );
    return entriesByKey(reply);
  }

  /** Waits for the member at work to end, and begins with everything that it has left behind. */
  async #succeed(joined: Joined): Promise<void> {
    this.#active = await this.#chores.activate(joined);
    if (!this.#active) return pause(standbyMs, this.#stopping.signal);
    for (const source of joined.sources) await this.#chores.takeOver(joined, source, 0);
  }

  #depose(): void {
    this.#active = false;
    this.#intake.loseAll();
  }

  /** What is new is logged. */
  #complain(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    if (text === this.#known || this.#stopping.signal.aborted) return;
    this.#known = text;
    this.#log.warn({ group: this.#options.group, err: error }, 'The streams cannot be read; trying again.');
  }
}
