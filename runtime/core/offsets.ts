/**
 * How far the readers of logs have got, for brokers that do not keep it. Every method rejects when the store cannot be
 * reached or has lost its content, so that a reader never begins anew without anybody knowing.
 */
export interface OffsetStore {
  /** Connects, waiting for a store that is not there yet. */
  open(signal: AbortSignal): Promise<void>;
  readonly connected: boolean;
  /** The offset to read next; `undefined` for a group that has never read the stream. */
  loadOffset(group: string, stream: string): Promise<bigint | undefined>;
  /** Remembers the offset to read next, unless a higher one is known: everything below it is settled. */
  saveOffset(group: string, stream: string, next: bigint): Promise<void>;
  close(): Promise<void>;
}
