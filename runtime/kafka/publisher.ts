import { initProducerIdV5, type MessageRecord } from '@platformatic/kafka';
import { unwatchAbort, watchAbort } from '../core/abort.ts';
import { pause } from '../core/backoff.ts';
import { ClosedError, TopologyError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import { partitionOf } from '../core/partitions/murmur2.ts';
import type { WireMessage } from '../core/types.ts';
import { answerOf, assertNoError } from './answers.ts';
import { type Batch, produce, type Send } from './batch.ts';
import type { Cluster, TopicInfo } from './cluster.ts';
import { groupedBy } from './grouped.ts';
import { toHeaders } from './message.ts';
import { PartitionLane } from './partitionLane.ts';

/** Of one request, which the broker holds in memory as a whole; the last batch may go beyond it. */
const maxRequestBytes = 8 * 1024 * 1024;
/** Bytes of a record besides key, body and headers, at most. */
const recordOverhead = 40;

/** Where a record goes; without a partition its key decides, and without a key any will do. */
export interface RecordTarget {
  readonly topic: string;
  readonly key?: string | Uint8Array;
  readonly partition?: number;
}

/**
 * Idempotent sends to all replicas. One request is under way to each broker, and takes with it what has gathered for
 * its partitions meanwhile; a partition that is in trouble holds up no other.
 */
export class Publisher {
  readonly #cluster: Cluster;
  readonly #log: Logger;
  readonly #lanes = new Map<string, PartitionLane>();
  readonly #busyNodes = new Set<number>();
  readonly #closing = new AbortController();
  #scheduled = false;
  #timer: NodeJS.Timeout | undefined;
  #turn = 0;

  constructor(cluster: Cluster, log: Logger) {
    this.#cluster = cluster;
    this.#log = log;
  }

  /** @throws TopologyError, MessageTooLargeError, ValidationError, ClosedError, or the signal's reason */
  async publish(target: RecordTarget, message: WireMessage, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#closing.signal.aborted) throw this.#closing.signal.reason;
    const topic = this.#cluster.topic(target.topic) ?? (await this.#find(target.topic, signal));
    const key = typeof target.key === 'string' ? Buffer.from(target.key) : target.key;
    const lane = this.#lane(target.topic, target.partition ?? this.#partition(topic, key));
    const send = new PendingSend(lane, message, key, signal);
    lane.add(send);
    this.#schedule();
    return send.settlement;
  }

  /** What is not confirmed by now is not known to have arrived. */
  async close(): Promise<void> {
    const reason = new ClosedError('The connection to Kafka is closed.');
    this.#closing.abort(reason);
    clearTimeout(this.#timer);
    for (const lane of this.#lanes.values()) lane.reject(reason);
  }

  /** @throws TopologyError when there is no such topic */
  async #find(name: string, signal: AbortSignal): Promise<TopicInfo> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    for (;;) {
      either.throwIfAborted();
      try {
        await this.#cluster.refresh([...this.#cluster.topicNames, name]);
      } catch {
        // The broker cannot be reached; the deadline of the send is the limit.
      }
      const topic = this.#cluster.topic(name);
      if (topic !== undefined && topic.leaders.length > 0) return topic;
      if (this.#cluster.isMissing(name)) throw noTopic(name);
      await pause(100, either);
    }
  }

  #partition(topic: TopicInfo, key: Uint8Array | undefined): number {
    const count = topic.leaders.length;
    return key === undefined ? this.#turn++ % count : partitionOf(key, count);
  }

  #lane(topic: string, partition: number): PartitionLane {
    const id = `${topic}/${partition}`;
    const known = this.#lanes.get(id);
    if (known !== undefined) return known;
    const lane = new PartitionLane(topic, partition);
    this.#lanes.set(id, lane);
    return lane;
  }

  /** At the end of this turn of the event loop, so that sends made together travel together. */
  #schedule(): void {
    if (this.#scheduled || this.#closing.signal.aborted) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    if (this.#closing.signal.aborted) return;
    const ready: PartitionLane[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (const lane of this.#lanes.values()) {
      const dueIn = lane.dueIn();
      if (dueIn === undefined) continue;
      if (dueIn > 0) next = Math.min(next, dueIn);
      else ready.push(lane);
    }
    const leaderOf = ({ topic, partition }: PartitionLane) =>
      this.#cluster.topic(topic)?.leaders[partition] ?? -1;
    for (const [node, lanes] of groupedBy(ready, leaderOf)) {
      if (!this.#busyNodes.has(node)) void this.#sendTo(node, lanes);
    }
    clearTimeout(this.#timer);
    if (next !== Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.#schedule(), next);
  }

  async #sendTo(node: number, lanes: readonly PartitionLane[]): Promise<void> {
    this.#busyNodes.add(node);
    const taken: [PartitionLane, Batch][] = [];
    try {
      await Promise.all(lanes.map((lane) => this.#identify(lane)));
      const connection = await this.#cluster.node(node, 'produce');
      let bytes = 0;
      for (const lane of lanes) {
        const batch = bytes < maxRequestBytes ? lane.take() : undefined;
        if (batch === undefined) continue;
        taken.push([lane, batch]);
        bytes += batch.encoded.length;
      }
      if (taken.length === 0) return;
      const batches = taken.map(([{ topic, partition }, batch]) => ({ topic, partition, batch }));
      const { responses } = await answerOf(produce.async(connection, batches));
      const codes = new Map<string, { code: number; detail: string | null }>();
      for (const { name, partitionResponses } of responses) {
        for (const { index, errorCode, errorMessage } of partitionResponses) {
          codes.set(`${name}/${index}`, { code: errorCode, detail: errorMessage ?? null });
        }
      }
      let moved = false;
      for (const [lane] of taken) {
        const answer = codes.get(`${lane.topic}/${lane.partition}`);
        if (answer === undefined) lane.repeat();
        else if (lane.answer(answer.code, answer.detail)) {
          moved = true;
          this.#log.warn(
            { topic: lane.topic, partition: lane.partition, ...answer },
            'Kafka takes no records.',
          );
        }
      }
      if (moved) await this.#relocate(lanes);
    } catch (error) {
      if (taken.length === 0) for (const lane of lanes) lane.postpone();
      for (const [lane] of taken) lane.repeat();
      this.#log.warn({ node, err: error }, 'Records could not be sent; trying again.');
      await this.#relocate(lanes);
    } finally {
      this.#busyNodes.delete(node);
      this.#schedule();
    }
  }

  /** A producer id for each partition, so that one that has used up its epochs can get another. */
  async #identify(lane: PartitionLane): Promise<void> {
    if (!lane.needsProducerId) return;
    const connection = await this.#cluster.any();
    const answer = await answerOf(initProducerIdV5.api.async(connection, null, 0));
    assertNoError('a producer id', answer.errorCode);
    lane.identify({ producerId: answer.producerId, epoch: answer.producerEpoch });
  }

  /** Leaders may have moved; topics may be gone. */
  async #relocate(lanes: readonly PartitionLane[]): Promise<void> {
    const names = new Set(lanes.map(({ topic }) => topic));
    try {
      await this.#cluster.refresh([...this.#cluster.topicNames, ...names]);
    } catch {
      return;
    }
    for (const lane of lanes) {
      if (this.#cluster.isMissing(lane.topic)) lane.reject(noTopic(lane.topic));
    }
  }
}

function noTopic(name: string): TopologyError {
  return new TopologyError(`The topic ${name} does not exist.`);
}

class PendingSend implements Send {
  readonly record: MessageRecord;
  readonly bytes: number;
  readonly signal: AbortSignal;
  readonly settlement: Promise<void>;
  settled = false;
  readonly #lane: PartitionLane;
  #resolve!: () => void;
  #reject!: (reason: unknown) => void;

  constructor(lane: PartitionLane, message: WireMessage, key: Uint8Array | undefined, signal: AbortSignal) {
    const { body } = message;
    const headers = toHeaders(message);
    let bytes = recordOverhead + body.length + (key?.length ?? 0);
    for (const [name, value] of headers) bytes += name.length + value.length + 4;
    const record: MessageRecord = {
      topic: lane.topic,
      partition: lane.partition,
      value: body instanceof Buffer ? body : Buffer.from(body),
      headers,
      timestamp: BigInt(Date.now()),
    };
    if (key !== undefined) record.key = key instanceof Buffer ? key : Buffer.from(key);
    this.record = record;
    this.bytes = bytes;
    this.signal = signal;
    this.#lane = lane;
    this.settlement = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    watchAbort(signal, this.#onAbort);
  }

  settle(error?: Error): void {
    if (this.settled) return;
    this.settled = true;
    unwatchAbort(this.signal, this.#onAbort);
    if (error === undefined) this.#resolve();
    else this.#reject(error);
  }

  /** Nobody waits for it any more. */
  readonly #onAbort = (): void => {
    this.#lane.forget(this);
    this.settle(this.signal.reason);
  };
}
