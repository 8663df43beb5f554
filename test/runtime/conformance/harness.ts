import type { IdempotencyStore, LogTopology, Topology, Transport } from '../../../runtime/index.ts';

/** One broker under test, and what the suite needs besides the transport itself. */
export interface Harness {
  /** A connection of its own. The caller closes it, or the service that got it does. */
  transport(): Transport;
  /** A view of one shared store; each service gets its own. */
  store(): IdempotencyStore;
  declare(topology: Topology | LogTopology): Promise<void>;
  /** A queue or topic, with what is in it. */
  deleteChannel(name: string): Promise<void>;
  /** Breaks every connection without a goodbye; they recover on their own. Resolves with how many were cut. */
  cut(): Promise<number>;
  close(): Promise<void>;
}
