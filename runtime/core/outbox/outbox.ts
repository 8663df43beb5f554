import type { Transaction } from '../idempotency/transaction.ts';
import type { Logger } from '../log.ts';
import type { WireMessage } from '../message.ts';
import type { Destination } from '../transport.ts';

/** A message to be sent once the transaction that it is written in has committed. */
export interface OutboxMessage {
  /** Id of the service's producer that sends it. */
  readonly producer: string;
  /** Messages of one lane are sent one after the other: the ordering key, or the event id where there is no order. */
  readonly lane: string;
  /** Whether transactions that write to the lane wait for each other, so that their order is that of their commits. */
  readonly ordered: boolean;
  readonly message: WireMessage;
  readonly destination: Destination;
}

export interface StoredMessage extends Pick<OutboxMessage, 'producer' | 'lane' | 'message' | 'destination'> {
  readonly id: string;
}

/**
 * Where messages wait for their transaction, and then for the broker. A message is handed to one relay at a time, as
 * long as its process is connected.
 */
export interface Outbox {
  readonly connected: boolean;
  /** @param service whose messages these are */
  open(service: string, signal: AbortSignal, log?: Logger): Promise<void>;
  add(transaction: Transaction, message: OutboxMessage): Promise<void>;
  /** Runs `work` in a transaction of the outbox's database; commits when it returns, rolls back when it throws. */
  transact<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * Messages that this process may send now: committed, not yet removed, oldest first, without those of the lanes
   * named. All of them are looked at each time: a transaction may commit after another whose messages are younger.
   * @throws when the right to send is lost; what has been read before must not be sent any more
   */
  read(except: readonly string[], limit: number): Promise<readonly StoredMessage[]>;
  /** They are with the broker. */
  remove(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
