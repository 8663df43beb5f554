import { headerNames as names, textHeader } from '../headers.ts';
import type { Delivery, WireMessage } from '../types.ts';
import type { LogRecord } from './assignment.ts';

/**
 * A log cannot give up single records. What was replayed or dropped is marked instead, by a record in the same
 * partition: retention then removes a dead letter before its marker.
 */
export function settledMarker(offset: bigint): WireMessage {
  return {
    body: new Uint8Array(),
    headers: { [names.dlqSettled]: String(offset) },
    properties: { persistent: true },
  };
}

/** The dead letters of one partition that are still there: neither markers nor marked. */
export function openLetters(records: readonly LogRecord[]): readonly LogRecord[] {
  const settled = new Set<string>();
  for (const { message } of records) settled.add(textHeader(message.headers, names.dlqSettled) ?? '');
  return records.filter(
    ({ offset, message }) =>
      textHeader(message.headers, names.dlqSettled) === undefined && !settled.has(String(offset)),
  );
}

interface TopicAccess {
  /** Everything in the topic now, by partition. */
  read(): Promise<readonly (readonly LogRecord[])[]>;
  /** Resolves when the broker has confirmed. */
  mark(partition: number, marker: WireMessage, key: Uint8Array | undefined): Promise<void>;
}

/** Goes through a dead-letter topic record by record, as `fetch` goes through a queue. */
export class DeadLetterBrowser {
  readonly #topic: string;
  readonly #access: TopicAccess;
  readonly #marking = new Set<Promise<void>>();
  #letters: { readonly partition: number; readonly record: LogRecord }[] | undefined;
  #failure: unknown;

  constructor(topic: string, access: TopicAccess) {
    this.#topic = topic;
    this.#access = access;
  }

  /**
   * Nothing at the end; then it starts again.
   * @throws what kept a marker from being written since the last call
   */
  async next(): Promise<Delivery | undefined> {
    await this.settled();
    this.#letters ??= await this.#open();
    const next = this.#letters.shift();
    if (next === undefined) this.#letters = undefined;
    return next && this.#delivery(next.partition, next.record);
  }

  /** Resolves when all markers are confirmed. */
  async settled(): Promise<void> {
    await Promise.all(this.#marking);
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  async #open() {
    const partitions = await this.#access.read();
    return partitions.flatMap((records, partition) =>
      openLetters(records).map((record) => ({ partition, record })),
    );
  }

  #delivery(partition: number, { offset, key, message }: LogRecord): Delivery {
    let settled = false;
    const mark = () => {
      const marked = this.#access
        .mark(partition, settledMarker(offset), key)
        .catch((error) => {
          this.#failure = error;
        })
        .finally(() => this.#marking.delete(marked));
      this.#marking.add(marked);
    };
    return {
      message,
      origin: { topic: this.#topic, partition, offset, ...(key === undefined ? {} : { key }) },
      redelivered: false,
      stale: false,
      ack: () => {
        if (!settled) mark();
        settled = true;
      },
      // It has never left the topic.
      reject: () => {
        settled = true;
      },
    };
  }
}
