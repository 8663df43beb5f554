import { fullJitter } from '../core/backoff.ts';
import { MessageTooLargeError, type MessagingError, TopologyError, ValidationError } from '../core/errors.ts';
import { errorId } from './answers.ts';
import { type Batch, encodeBatch, type Identity, type Send } from './batch.ts';

/** The broker's limit for a batch is 1 MiB by default (max.message.bytes), after compression. */
const maxBatchBytes = 900_000;
const maxBatchRecords = 1_000;
/** Sequences are 31 bits wide and start again at 0; epochs are 15 bits. */
const sequences = 2 ** 31;
const maxEpoch = 2 ** 15 - 1;

/**
 * What is on its way to one partition: at most one batch at a time, which is repeated under the same numbers until the
 * broker has taken it or refused it, or everybody who waits for it has given up. So an answer that was lost makes no
 * copy, and nothing overtakes.
 */
export class PartitionLane {
  readonly topic: string;
  readonly partition: number;
  #waiting: Send[] = [];
  #batch: Batch | undefined;
  #inFlight = false;
  #identity: Identity | undefined;
  #sequence = 0;
  #failures = 0;
  #notBefore = 0;
  #maxRecords = maxBatchRecords;

  constructor(topic: string, partition: number) {
    this.topic = topic;
    this.partition = partition;
  }

  get idle(): boolean {
    return this.#batch === undefined && this.#waiting.length === 0;
  }

  /** Milliseconds from now until there is something to send; undefined: nothing, or a batch is in flight. */
  dueIn(): number | undefined {
    if (this.#inFlight) return undefined;
    this.#giveUp();
    if (this.idle) return undefined;
    return Math.max(0, this.#notBefore - performance.now());
  }

  get needsProducerId(): boolean {
    return this.#identity === undefined;
  }

  identify(identity: Identity): void {
    this.#identity ??= identity;
  }

  add(send: Send): void {
    this.#waiting.push(send);
  }

  /** Takes a send out again if it has not been given to the broker. */
  forget(send: Send): void {
    const index = this.#waiting.indexOf(send);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  /** The batch to send now. Call `settle`, `repeat` or `reject` when it has ended. */
  take(): Batch | undefined {
    if (this.dueIn() !== 0) return undefined;
    const identity = this.#identity;
    if (identity === undefined) return undefined;
    this.#batch ??= encodeBatch(this.#cut(), identity, this.#sequence);
    this.#inFlight = true;
    return this.#batch;
  }

  /** What the broker answered. True: the leaders may have changed. */
  answer(code: number, detail: string | null): boolean {
    const id = errorId(code);
    if (id === 'NONE' || id === 'DUPLICATE_SEQUENCE_NUMBER') {
      this.#confirm();
      return false;
    }
    if (lostSequence.has(id)) {
      this.#renew();
      this.repeat();
      return false;
    }
    if (tooLarge.has(id) && (this.#batch?.sends.length ?? 0) > 1) {
      this.#split();
      return false;
    }
    const refusal = refusalOf(this.topic, id, detail);
    if (refusal !== undefined) {
      this.reject(refusal);
      return false;
    }
    this.repeat();
    return true;
  }

  /** Sends the batch again, later: it was refused for now, or nobody knows. */
  repeat(): void {
    this.#inFlight = false;
    this.postpone();
  }

  /** The broker cannot be reached now. */
  postpone(): void {
    this.#notBefore = performance.now() + 10 + fullJitter(++this.#failures, 50, 2_000);
  }

  /** The broker will never take what is here. */
  reject(error: MessagingError): void {
    const batch = this.#end();
    for (const send of [...(batch?.sends ?? []), ...this.#waiting.splice(0)]) send.settle(error);
  }

  #confirm(): void {
    const batch = this.#end();
    this.#sequence = (this.#sequence + (batch?.sends.length ?? 0)) % sequences;
    this.#maxRecords = Math.min(maxBatchRecords, this.#maxRecords * 2);
    for (const send of batch?.sends ?? []) send.settle();
  }

  #end(): Batch | undefined {
    const batch = this.#batch;
    this.#batch = undefined;
    this.#inFlight = false;
    this.#failures = 0;
    this.#notBefore = 0;
    return batch;
  }

  /**
   * Nobody waits for the batch any more, but it may still arrive. Under the next epoch the broker refuses it once later
   * records are there, as the Java client does (KIP-360); so it cannot arrive behind them.
   */
  #giveUp(): void {
    if (this.#batch?.sends.every(({ settled }) => settled) !== true) return;
    this.#end();
    this.#renew();
  }

  #renew(): void {
    const identity = this.#identity;
    const batch = this.#batch;
    this.#sequence = 0;
    this.#identity =
      identity === undefined || identity.epoch === maxEpoch
        ? undefined
        : { ...identity, epoch: identity.epoch + 1 };
    this.#batch = undefined;
    if (batch !== undefined) this.#waiting.unshift(...batch.sends.filter(({ settled }) => !settled));
  }

  /** The broker has not taken any of it, so its sequence numbers are still free. */
  #split(): void {
    const sends = this.#end()?.sends ?? [];
    this.#maxRecords = Math.ceil(sends.length / 2);
    this.#waiting.unshift(...sends.filter(({ settled }) => !settled));
  }

  #cut(): readonly Send[] {
    let bytes = 0;
    let count = 0;
    for (const send of this.#waiting) {
      bytes += send.bytes;
      if (count > 0 && (bytes > maxBatchBytes || count === this.#maxRecords)) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }
}

const lostSequence = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
]);
const tooLarge = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE']);
const forbidden = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'INVALID_TOPIC_EXCEPTION',
]);
const invalid = new Set(['INVALID_RECORD', 'INVALID_TIMESTAMP', 'UNSUPPORTED_COMPRESSION_TYPE']);

/** Undefined: it may be taken later. */
function refusalOf(topic: string, id: string, detail: string | null): MessagingError | undefined {
  const text = `Kafka refuses records for the topic ${topic}: ${id}${detail ? ` (${detail})` : ''}.`;
  if (tooLarge.has(id)) return new MessageTooLargeError(text);
  if (forbidden.has(id)) return new TopologyError(text);
  if (invalid.has(id)) return new ValidationError(text);
  return undefined;
}
