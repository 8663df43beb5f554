import { TopologyError } from '../core/errors.ts';
import type { QueueDeclaration, WireMessage } from '../core/types.ts';
import { MemoryQueue, type OnDeath } from './queue.ts';

/** Who reads a stream: told when there is more, asked how far it has got. */
export interface Reader {
  /** Offset of the first record that is not settled. */
  readonly next: number;
  wake(): void;
}

/** A queue of the type `stream`: it keeps its records, and every reader goes through all of them. Has no retention. */
export class MemoryStream extends MemoryQueue {
  readonly #records: WireMessage[] = [];
  readonly #readers = new Set<Reader>();
  readonly #onMove: () => void;

  constructor(declaration: QueueDeclaration, onDeath: OnDeath, onChange: () => void) {
    super(declaration, onDeath, onChange);
    this.#onMove = onChange;
  }

  get end(): number {
    return this.#records.length;
  }

  at(offset: number): WireMessage | undefined {
    return this.#records[offset];
  }

  /** Records that a present reader has not settled; all of them where nobody reads. */
  override get messages(): readonly WireMessage[] {
    return this.#records.slice(this.#readers.size === 0 ? 0 : this.#settledByAll());
  }

  override get moving(): number {
    return this.#readers.size === 0 ? 0 : this.end - this.#settledByAll();
  }

  override get refusesPublish(): boolean {
    return false;
  }

  override push(message: WireMessage): void {
    this.#records.push(message);
    for (const reader of this.#readers) reader.wake();
  }

  override attach(): never {
    throw new TopologyError(`${this.declaration.name} is a stream, and is not consumed as a queue.`);
  }

  override fetch(): never {
    return this.attach();
  }

  enter(reader: Reader): void {
    this.#readers.add(reader);
    reader.wake();
  }

  leave(reader: Reader): void {
    this.#readers.delete(reader);
    this.#onMove();
  }

  /** A reader has settled something. */
  moved(): void {
    this.#onMove();
  }

  #settledByAll(): number {
    return Math.min(...[...this.#readers].map(({ next }) => next));
  }
}
