/** One record of a stream that was handed out. */
export interface StreamRecord {
  readonly offset: bigint;
  settled: boolean;
}

/**
 * How far a stream has been read on one connection: everything below `next` is settled. Only records received count,
 * since offsets may have gaps. A new connection gets a new one, so what settles late on the old one moves nothing.
 */
export class StreamProgress {
  readonly #open: StreamRecord[] = [];
  #next: bigint | undefined;

  /** @param next offset to begin with, where it is known */
  constructor(next: bigint | undefined) {
    this.#next = next;
  }

  get next(): bigint | undefined {
    return this.#next;
  }

  received(offset: bigint): StreamRecord {
    const record = { offset, settled: false };
    this.#open.push(record);
    // The first record of a group that has not read yet is where it begins.
    this.#next ??= offset;
    return record;
  }

  /** True: `next` has moved. */
  settle(record: StreamRecord): boolean {
    record.settled = true;
    let done = 0;
    while (this.#open[done]?.settled) done++;
    const last = this.#open[done - 1];
    if (last === undefined) return false;
    this.#open.splice(0, done);
    this.#next = last.offset + 1n;
    return true;
  }
}
