import type { LogRecord } from '../core/partitions/assignment.ts';
import { openLetters } from '../core/partitions/deadLetterTopic.ts';
import { partitionOf } from '../core/partitions/murmur2.ts';
import type { TopicDeclaration, WireMessage } from '../core/types.ts';

/** One topic in this process. Nothing is ever removed from it. */
export class MemoryTopic {
  readonly declaration: TopicDeclaration;
  readonly #partitions: readonly LogRecord[][];
  readonly #onAppend: () => void;
  #turn = 0;

  constructor(declaration: TopicDeclaration, onAppend: () => void) {
    this.declaration = declaration;
    this.#partitions = Array.from({ length: declaration.partitions }, () => []);
    this.#onAppend = onAppend;
  }

  get partitions(): number {
    return this.#partitions.length;
  }

  /** In order of partition and offset. */
  get openMessages(): readonly WireMessage[] {
    return this.#partitions.flatMap((records) => openLetters(records).map(({ message }) => message));
  }

  append(message: WireMessage, key: string | Uint8Array | undefined): void {
    const bytes = typeof key === 'string' ? Buffer.from(key) : key;
    const partition =
      bytes === undefined ? this.#turn++ % this.partitions : partitionOf(bytes, this.partitions);
    this.appendTo(partition, message, bytes);
  }

  appendTo(partition: number, message: WireMessage, key: Uint8Array | undefined): void {
    const records = this.read(partition);
    const record = { offset: BigInt(records.length), message: withTextHeaders(message) };
    records.push({ ...record, ...(key === undefined ? {} : { key }) });
    this.#onAppend();
  }

  /** The offset that the next record of a partition gets. */
  end(partition: number): bigint {
    return BigInt(this.read(partition).length);
  }

  read(partition: number): LogRecord[] {
    const records = this.#partitions[partition];
    if (records === undefined)
      throw new RangeError(`${this.declaration.name} has no partition ${partition}.`);
    return records;
  }
}

/** As Kafka carries headers: numbers and booleans arrive as texts. */
function withTextHeaders(message: WireMessage): WireMessage {
  const headers = Object.entries(message.headers)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [name, value instanceof Uint8Array ? value : String(value)]);
  return { ...message, headers: Object.fromEntries(headers) };
}
