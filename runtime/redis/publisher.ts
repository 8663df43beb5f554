import { orAborted } from '../core/abort.ts';
import { headerNames, textHeader } from '../core/headers.ts';
import { partitionOf } from '../core/partitions/murmur2.ts';
import type { WireMessage } from '../core/types.ts';
import { type Catalogue, missing } from './catalogue.ts';
import type { Argument, Connection } from './connection.ts';
import { toFields } from './message.ts';
import { schedule } from './scripts.ts';
import { dueKeyOf, keysOf, type StreamDeclaration } from './streams.ts';

export interface TopicAddress {
  readonly topic: string;
  readonly key?: string | Uint8Array;
}

/** Adds entries. The client sends what comes in one turn together, so many sends share a round trip. */
export class Publisher {
  readonly #connection: Connection;
  readonly #catalogue: Catalogue;
  readonly #onScheduled: () => void;
  #turn = 0;

  /** @param onScheduled called when an entry was put aside until it is due */
  constructor(connection: Connection, catalogue: Catalogue, onScheduled: () => void) {
    this.#connection = connection;
    this.#catalogue = catalogue;
    this.#onScheduled = onScheduled;
  }

  /** @throws TopologyError, ReplyError, ConnectionLostError, or the signal's reason */
  publish(to: TopicAddress, message: WireMessage, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const stream = this.#catalogue.get(to.topic);
    const sent =
      stream === undefined || !this.#connection.ready
        ? this.#addLater(to, message, signal)
        : this.#add(stream, to, message);
    return orAborted(sent, signal);
  }

  async #addLater(to: TopicAddress, message: WireMessage, signal: AbortSignal): Promise<void> {
    await this.#connection.whenReady(signal);
    await this.#add(await this.#catalogue.find(to.topic), to, message);
  }

  /** One function for all steps: each that awaits another costs as much as making the entry. */
  async #add(stream: StreamDeclaration, to: TopicAddress, message: WireMessage): Promise<void> {
    const recordKey = to.key === undefined ? undefined : Buffer.from(to.key as string);
    const key = this.#keyFor(keysOf(stream), recordKey);
    const fields = toFields(message, recordKey);
    const delayMs = delayOf(message);
    const added =
      delayMs > 0
        ? await this.#schedule(key, delayMs, fields)
        : (await this.#connection.command('XADD', key, 'NOMKSTREAM', ...limitOf(stream), '*', ...fields)) !==
          null;
    if (added) return;
    // Deleted behind our back. Whoever declares it again may do so with other partitions.
    await this.#catalogue.refresh();
    throw missing(to.topic);
  }

  #keyFor(keys: readonly string[], recordKey: Buffer | undefined): string {
    const [only] = keys;
    if (keys.length === 1) return only as string;
    const partition =
      recordKey === undefined ? this.#turn++ % keys.length : partitionOf(recordKey, keys.length);
    return keys[partition] as string;
  }

  async #schedule(key: string, delayMs: number, fields: readonly Argument[]): Promise<boolean> {
    const scheduled = await this.#connection.run(
      schedule,
      [key, dueKeyOf(key)],
      [String(delayMs), ...fields],
    );
    if (scheduled === 1) this.#onScheduled();
    return scheduled === 1;
  }
}

function limitOf({ trim }: StreamDeclaration): readonly string[] {
  const evicts = trim !== undefined && 'maxLen' in trim && trim.evict === true;
  return evicts ? ['MAXLEN', '~', String(trim.maxLen)] : [];
}

/** A copy for another attempt says when it is due, by the clock of this process a moment ago. */
function delayOf({ headers }: WireMessage): number {
  const due = textHeader(headers, headerNames.dueTime);
  const delayMs = due === undefined ? 0 : Date.parse(due) - Date.now();
  return delayMs > 0 ? Math.ceil(delayMs) : 0;
}
