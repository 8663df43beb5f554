import { deadLetterCopy } from '../core/deadLetter.ts';
import { headerNames } from '../core/headers.ts';
import type { Backlog } from '../core/types.ts';
import { type Catalogue, fieldOf, missing } from './catalogue.ts';
import type { Connection, Reply } from './connection.ts';
import type { Intake, Source } from './intake.ts';
import { fromEntry, offsetOf, type StreamEntry, timeOf, toFields } from './message.ts';
import { activate, bury, countBehind, leave, readAsActive, refresh, stepDown, takeOver } from './scripts.ts';
import {
  activeKeyOf,
  type BackstopDeclaration,
  type GroupDeclaration,
  keysOf,
  nobody,
  type StreamDeclaration,
} from './streams.ts';

/** Longer than any entry may be idle before it is taken over, in ms. */
const longIdleMs = 10 * 86_400_000;
/** Most ids in one command, within what Lua can unpack. */
const maxIds = 1_000;
/** Most entries to count one by one: Redis does nothing else meanwhile. */
const maxCounted = 1_000;

/** What a member has found out about its streams. */
export interface Joined {
  readonly sources: readonly Source[];
  readonly streams: readonly StreamDeclaration[];
  readonly group: GroupDeclaration;
}

interface MemberOptions {
  readonly connection: Connection;
  readonly catalogue: Catalogue;
  readonly intake: Intake;
  readonly group: string;
  readonly consumer: string;
}

/** What one member of a group says to Redis about the entries it holds, and about those that others have left behind. */
export class Membership {
  readonly #options: MemberOptions;
  readonly #leaseKey: string;

  constructor(options: MemberOptions) {
    this.#options = options;
    this.#leaseKey = activeKeyOf(options.group);
  }

  /** Reads what is new without waiting for it. Undefined: another member is at work. */
  async readAsActive(
    sources: readonly Source[],
    perKey: number,
  ): Promise<readonly [string, readonly StreamEntry[]][] | undefined> {
    const { connection, group, consumer } = this.#options;
    const keys = [this.#leaseKey, ...sources.map(({ key }) => key)];
    const reply = await connection.run(readAsActive, keys, [consumer, group, consumer, String(perKey)]);
    return reply === 0 ? undefined : entriesByKey(reply);
  }

  /** For so many ms from now on this member is the one at work, unless another is. */
  async activate(ms: number): Promise<boolean> {
    const { connection, consumer } = this.#options;
    return (await connection.run(activate, [this.#leaseKey], [consumer, String(ms)])) === 1;
  }

  /** Entries of ours that the answer to a read was lost with. */
  async recover(source: Source): Promise<void> {
    const { connection, intake, group, consumer } = this.#options;
    for (let from = '-'; ; ) {
      const reply = await connection.command(
        ...['XPENDING', source.key, group, from, '+', String(maxIds), consumer],
      );
      const ids = (reply as readonly (readonly Reply[])[]).map(([id]) => String(id));
      const unknown = ids.filter((id) => !intake.has(source.key, id));
      if (unknown.length > 0) {
        const claimed = await connection.command('XCLAIM', source.key, group, consumer, '0', ...unknown);
        for (const entry of entriesIn(claimed)) intake.feed(source, entry, true);
      }
      const last = ids.at(-1);
      if (last === undefined || ids.length < maxIds) return;
      from = `(${last}`;
    }
  }

  /**
   * Takes entries over that nobody has spoken of for `minIdleMs`, all of them or as long as there is room. What was handed
   * out too often goes to the dead letters instead.
   */
  async takeOver(
    source: Source,
    minIdleMs: number,
    backstop: BackstopDeclaration | undefined,
    all: boolean,
  ): Promise<void> {
    const { connection, intake, group, consumer } = this.#options;
    for (let cursor = '0-0'; ; ) {
      const most = all ? maxIds : intake.wanted;
      if (most === 0) return;
      const reply = await connection.run(
        takeOver,
        [source.key],
        [group, consumer, String(minIdleMs), cursor, String(most)],
      );
      const [next, entries] = reply as readonly [Buffer, readonly Reply[]];
      for (const found of entries) {
        const [, , deliveries] = found as readonly [Buffer, Reply, number];
        const entry = fromEntry(found);
        if (entry === undefined || intake.has(source.key, entry.id)) continue;
        if (backstop !== undefined && deliveries > backstop.maxDeliveries)
          await this.#bury(source, entry, deliveries, backstop);
        else intake.feed(source, entry, true);
      }
      cursor = String(next);
      if (cursor === '0-0') return;
    }
  }

  async #bury(
    { topic, partition, key }: Source,
    entry: StreamEntry,
    deliveries: number,
    { deadLetter, service, consumer, retryTopic }: BackstopDeclaration,
  ): Promise<void> {
    const { connection, catalogue, group } = this.#options;
    const to = await catalogue.find(deadLetter);
    const origin = { topic, partition, offset: offsetOf(entry.id), ...(entry.key && { key: entry.key }) };
    const delivery = {
      message: entry.message,
      origin,
      redelivered: true,
      stale: false,
      ack: () => {},
      reject: () => {},
    };
    const error = new Error(`Handed out ${deliveries} times without being settled.`);
    const copy = deadLetterCopy(
      delivery,
      { service, consumer, attempts: deliveries, error, replayTo: { topic: retryTopic } },
      'attempts-exhausted',
    );
    const dead = { ...copy, headers: { ...copy.headers, [headerNames.dlqReason]: 'backstop' } };
    const fields = toFields(dead, entry.key);
    const [target = deadLetter] = keysOf(to);
    if ((await connection.run(bury, [key, target], [group, entry.id, ...fields])) === 0)
      throw missing(target);
  }

  /** Says that what this member holds is being worked on. What it has lost meanwhile is stale. */
  async refresh({ key }: Source): Promise<void> {
    const { connection, intake, group, consumer } = this.#options;
    const ids = intake.atWork(key).sort((a, b) => (offsetOf(a) < offsetOf(b) ? -1 : 1));
    for (let at = 0; at < ids.length; at += maxIds) {
      const part = ids.slice(at, at + maxIds);
      const lost = (await connection.run(refresh, [key], [group, consumer, ...part])) as readonly Buffer[];
      // What was settled while the question was under way is not at work any more, and so not lost.
      intake.lose(key, lost.map(String));
    }
  }

  /** Gives everything back, so that the next member to look takes it over at once, and leaves. */
  async leave(sources: readonly Source[], active: boolean): Promise<void> {
    const { connection, group, consumer } = this.#options;
    await Promise.all(
      sources.map(({ key }) =>
        connection.run(leave, [key], [group, consumer, nobody, String(longIdleMs)]).catch(() => {}),
      ),
    );
    if (active) await connection.run(stepDown, [this.#leaseKey], [consumer]);
  }

  /** What the group has still to settle; all its members see the same. */
  async backlog(sources: readonly Source[]): Promise<Backlog> {
    const { connection, group } = this.#options;
    let messages = 0;
    let oldest = Number.POSITIVE_INFINITY;
    for (const { key } of sources) {
      const groups = (await connection.command('XINFO', 'GROUPS', key)) as readonly (readonly Reply[])[];
      const about = groups.find((each) => String(fieldOf(each, 'name')) === group) ?? [];
      const pending = Number(fieldOf(about, 'pending') ?? 0);
      const lastDelivered = String(fieldOf(about, 'last-delivered-id'));
      messages += pending + Number(fieldOf(about, 'lag') ?? (await this.#countBehind(key, lastDelivered)));
      const first = await this.#firstOf(key, pending > 0, lastDelivered);
      if (first !== undefined) oldest = Math.min(oldest, timeOf(first));
    }
    if (oldest === Number.POSITIVE_INFINITY) return { messages };
    const [seconds] = (await connection.command('TIME')) as readonly Buffer[];
    return { messages, oldestAgeMs: Math.max(0, Number(String(seconds)) * 1000 - oldest) };
  }

  /**
   * Where Redis cannot tell the lag: entries were deleted ahead of the group, or it began in the middle
   * (https://redis.io/docs/latest/commands/xinfo-groups/).
   */
  async #countBehind(key: string, id: string): Promise<number> {
    return Number(await this.#options.connection.run(countBehind, [key], [id, String(maxCounted)]));
  }

  async #firstOf(key: string, isPending: boolean, lastDelivered: string): Promise<string | undefined> {
    const { connection, group } = this.#options;
    const [found] = (
      isPending
        ? await connection.command('XPENDING', key, group, '-', '+', '1')
        : await connection.command('XRANGE', key, `(${lastDelivered}`, '+', 'COUNT', '1')
    ) as readonly (readonly Reply[])[];
    return found === undefined ? undefined : String(found[0]);
  }
}

/** Of a reply of XREADGROUP; null when there is nothing. */
export const entriesByKey = (reply: Reply): readonly [string, readonly StreamEntry[]][] =>
  ((reply ?? []) as readonly (readonly [Buffer, Reply])[]).map(([key, entries]) => [
    String(key),
    entriesIn(entries),
  ]);

const entriesIn = (reply: Reply): readonly StreamEntry[] =>
  (reply as readonly Reply[]).flatMap((each) => (each === null ? [] : (fromEntry(each) ?? [])));
