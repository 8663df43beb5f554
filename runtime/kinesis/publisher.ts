import { refused } from '../aws/errors.ts';
import { orAborted } from '../core/abort.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import { ClosedError, MessageTooLargeError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { WireMessage } from '../core/types.ts';
import { isRefusal, type KinesisApi, type StreamInfo } from './api.ts';
import { partitionKeyOf, toData } from './message.ts';
import { type Send, StreamLane } from './streamLane.ts';

/** PutRecords at once to one stream: while one waits for its answer, others go on. */
const maxRequests = 4;
/** A stream that was made a moment ago takes no records yet. */
const untilActiveMs = 200;

export interface RecordAddress {
  readonly topic: string;
  readonly key?: string | Uint8Array;
}

/** Sends records in batches, each settled for itself: PutRecords may take some of them and refuse others. */
export class Publisher {
  readonly #api: KinesisApi;
  readonly #log: Logger;
  readonly #lanes = new Map<string, StreamLane>();
  readonly #closing = new AbortController();

  constructor(api: KinesisApi, log: Logger) {
    this.#api = api;
    this.#log = log;
  }

  /** @throws TopologyError, MessageTooLargeError, ConnectionLostError, PublishRejectedError, ClosedError, or the signal's reason */
  async publish({ topic, key }: RecordAddress, message: WireMessage, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#closing.signal.throwIfAborted();
    const lane = this.#lane(topic);
    // Without a wait where the stream is known, so that records keep the order in which they were sent.
    const stream = lane.stream ?? (await orAborted(this.#found(topic, lane), signal));
    const record = { Data: toData(message), PartitionKey: partitionKeyOf(key) };
    const bytes = record.Data.length + Buffer.byteLength(record.PartitionKey);
    if (bytes > stream.maxRecordBytes)
      throw new MessageTooLargeError(
        `A record of ${bytes} bytes is more than the ${stream.maxRecordBytes} that the stream ${topic} takes.`,
      );
    return new Promise((resolve, reject) => {
      lane.add(record, bytes, signal, (error) => (error === undefined ? resolve() : reject(error)));
    });
  }

  /** What is not confirmed by now is not known to have arrived. */
  close(): void {
    const reason = new ClosedError('The connection to Kinesis is closed.');
    this.#closing.abort(reason);
    for (const lane of this.#lanes.values()) lane.close(reason);
  }

  #lane(topic: string): StreamLane {
    const known = this.#lanes.get(topic);
    if (known !== undefined) return known;
    const lane = new StreamLane(maxRequests, (sends) => this.#send(topic, lane, sends));
    this.#lanes.set(topic, lane);
    return lane;
  }

  /** Asked for once, whoever waits for it. */
  #found(topic: string, lane: StreamLane): Promise<StreamInfo> {
    const finding =
      lane.finding ??
      this.#find(topic)
        .then((info) => {
          lane.stream = info;
          return info;
        })
        .finally(() => {
          lane.finding = undefined;
        });
    lane.finding = finding;
    return finding;
  }

  async #find(topic: string): Promise<StreamInfo> {
    const { signal } = this.#closing;
    for (;;) {
      const info = await this.#api.stream(topic, signal);
      if (info.active) return info;
      await pause(untilActiveMs, signal);
    }
  }

  /** Settles what has an answer; the rest is sent again later. */
  async #send(topic: string, lane: StreamLane, sends: readonly Send[]): Promise<void> {
    try {
      const records = sends.map(({ record }) => record);
      const answer = await this.#api.put(topic, records, this.#closing.signal);
      const results = answer.Records ?? [];
      let throttled = 0;
      for (const [index, send] of sends.entries()) {
        const { ErrorCode, ErrorMessage = '' } = results[index] ?? { ErrorCode: 'MissingResult' };
        if (ErrorCode === undefined) send.settle();
        else if (isPassing(ErrorCode)) {
          throttled++;
          lane.repeat(send, delayAfter(send));
        } else send.settle(refused('Kinesis', { code: ErrorCode, message: ErrorMessage }));
      }
      if (throttled > 0)
        this.#log.warn(
          { stream: topic, records: sends.length, refused: throttled },
          'Kinesis has taken only a part; sending the rest again.',
        );
    } catch (error) {
      if (isRefusal(error, 'ProvisionedThroughputExceededException', 'LimitExceededException')) {
        for (const send of sends) lane.repeat(send, delayAfter(send));
        return;
      }
      // Perhaps it is another stream of the name, with other limits, the next time.
      this.#api.forget(topic);
      lane.stream = undefined;
      for (const send of sends) send.settle(error as Error);
    }
  }
}

/** Of a single record: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecordsResultEntry.html */
const isPassing = (code: string): boolean =>
  code === 'ProvisionedThroughputExceededException' || code === 'InternalFailure';

const delayAfter = (send: Send): number => 20 + fullJitter(++send.failures, 50, 2_000);
