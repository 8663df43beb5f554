import {
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  type ListShardsCommandOutput,
  ListStreamsCommand,
  PutRecordsCommand,
  type StreamDescriptionSummary,
} from '@aws-sdk/client-kinesis';
import { type AwsConfig, clientSettings } from '../aws/config.ts';
import { AwsRefusal } from '../aws/errors.ts';
import { Reach } from '../aws/reach.ts';
import { TopologyError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';

/** A shard as Kinesis lists it. Parents are those that it was split or merged from. */
export interface Shard {
  readonly id: string;
  readonly parents: readonly string[];
  /** Closed: no record comes any more. */
  readonly closed: boolean;
}

/** What is known of a stream. */
export interface StreamInfo {
  readonly name: string;
  /** The name, and when this stream of the name was made: another one of the name has other sequence numbers. */
  readonly incarnation: string;
  /** Largest record, partition key included, in bytes. */
  readonly maxRecordBytes: number;
  /** It takes records: a new stream, or one that is being deleted, does not. */
  readonly active: boolean;
  readonly summary: StreamDescriptionSummary;
}

/** Where reading begins: a place in the shard, or after a record. */
export type Place = 'earliest' | { readonly after: string } | { readonly at: Date };

const service = 'Kinesis';
/** https://docs.aws.amazon.com/streams/latest/dev/large-records.html */
const defaultMaxRecordKiB = 1_024;

/** The requests of Kinesis that the library makes. All reject as `Reach.call` does. */
export class KinesisApi {
  readonly client: KinesisClient;
  readonly #reach: Reach;
  readonly #streams = new Map<string, StreamInfo>();

  /** @throws ConfigurationError */
  constructor(config: AwsConfig, log: Logger) {
    this.client = new KinesisClient(clientSettings(config));
    this.#reach = new Reach(
      service,
      (options) => this.client.send(new ListStreamsCommand({ Limit: 1 }), options),
      log,
    );
  }

  get answers(): boolean {
    return this.#reach.answers;
  }

  /** Any request, for tools. */
  call<T>(request: Parameters<Reach['call']>[0], signal: AbortSignal): Promise<T> {
    return this.#reach.call(request, signal) as Promise<T>;
  }

  /** What was found out of a stream before, unless it was forgotten. @throws TopologyError when there is none */
  async stream(name: string, signal: AbortSignal): Promise<StreamInfo> {
    const known = this.#streams.get(name);
    if (known?.active) return known;
    const info = await this.describe(name, signal);
    this.#streams.set(name, info);
    return info;
  }

  /** It may have been deleted. */
  forget(name: string): void {
    this.#streams.delete(name);
  }

  /** @throws TopologyError when there is none, or it is being deleted */
  async describe(name: string, signal: AbortSignal): Promise<StreamInfo> {
    const answer = await this.#about(name, () =>
      this.#reach.call(
        (options) => this.client.send(new DescribeStreamSummaryCommand({ StreamName: name }), options),
        signal,
      ),
    );
    const summary = answer.StreamDescriptionSummary as StreamDescriptionSummary;
    const status = summary.StreamStatus;
    if (status === 'DELETING') throw missing(name);
    return {
      name,
      incarnation: `${name}@${summary.StreamCreationTimestamp?.getTime() ?? 0}`,
      maxRecordBytes: (summary.MaxRecordSizeInKiB ?? defaultMaxRecordKiB) * 1_024,
      active: status !== 'CREATING',
      summary,
    };
  }

  async shards(name: string, signal: AbortSignal): Promise<readonly Shard[]> {
    const shards: Shard[] = [];
    let next: string | undefined;
    do {
      // The token stands for the stream.
      const input = next === undefined ? { StreamName: name } : { NextToken: next };
      const answer: ListShardsCommandOutput = await this.#about(name, () =>
        this.#reach.call((options) => this.client.send(new ListShardsCommand(input), options), signal),
      );
      for (const { ShardId, ParentShardId, AdjacentParentShardId, SequenceNumberRange } of answer.Shards ??
        []) {
        shards.push({
          id: ShardId ?? '',
          parents: [ParentShardId, AdjacentParentShardId].filter((id) => id !== undefined),
          closed: SequenceNumberRange?.EndingSequenceNumber !== undefined,
        });
      }
      next = answer.NextToken;
    } while (next !== undefined);
    return shards;
  }

  async iterator(
    stream: string,
    shard: string,
    place: Place,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const input = { StreamName: stream, ShardId: shard, ...iteratorOf(place) };
    const answer = await this.#about(stream, () =>
      this.#reach.call((options) => this.client.send(new GetShardIteratorCommand(input), options), signal),
    );
    return answer.ShardIterator;
  }

  records(stream: string, iterator: string, limit: number, signal: AbortSignal) {
    const input = { ShardIterator: iterator, Limit: limit };
    return this.#about(stream, () =>
      this.#reach.call((options) => this.client.send(new GetRecordsCommand(input), options), signal),
    );
  }

  put(
    stream: string,
    records: readonly { readonly Data: Uint8Array; readonly PartitionKey: string }[],
    signal: AbortSignal,
  ) {
    const input = { StreamName: stream, Records: [...records] };
    return this.#about(stream, () =>
      this.#reach.call((options) => this.client.send(new PutRecordsCommand(input), options), signal),
    );
  }

  close(reason: Error): void {
    this.#reach.close(reason);
    this.client.destroy();
  }

  /** Says which stream is missing, whatever the service says of its shards and iterators. */
  async #about<T>(stream: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof TopologyError)) throw error;
      this.forget(stream);
      throw missing(stream, error);
    }
  }
}

export function missing(stream: string, cause?: Error): TopologyError {
  return Object.assign(new TopologyError(`The stream ${stream} does not exist.`), { cause });
}

/** Whether the service refuses for one of these reasons. */
export function isRefusal(error: unknown, ...reasons: readonly string[]): boolean {
  return error instanceof AwsRefusal && reasons.includes(error.reason);
}

/** https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html */
function iteratorOf(place: Place) {
  if (place === 'earliest') return { ShardIteratorType: 'TRIM_HORIZON' } as const;
  return 'after' in place
    ? ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', StartingSequenceNumber: place.after } as const)
    : ({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: place.at } as const);
}
