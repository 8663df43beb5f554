import type { Connection } from '@platformatic/kafka';
import { fetchV17, type RecordsBatch } from '@platformatic/kafka';
import type { LogRecord } from '../core/partitions/assignment.ts';
import { answerOf, assertNoError } from './answers.ts';
import type { Cluster, TopicInfo } from './cluster.ts';
import { groupedBy } from './grouped.ts';
import { fromRecord } from './message.ts';

/** One partition to read, from an offset on. */
export interface Wanted {
  readonly topic: string;
  readonly partition: number;
  readonly position: bigint;
}

export interface Fetched {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  /** Offset that the next record of the partition gets. */
  readonly end: bigint;
  readonly records: readonly LogRecord[];
  /** Offset to read next. */
  readonly next: bigint;
}

export interface FetchLimits {
  /** Milliseconds that the broker may wait for a record. */
  readonly maxWaitMs: number;
  /** Of the whole answer; a larger batch comes all the same if it is the first. */
  readonly maxBytes: number;
}

const readUncommitted = 0;
/** No fetch session: each request says all it wants (KIP-227). */
const noSession = [0, -1] as const;
const unknownEpochs = { currentLeaderEpoch: -1, lastFetchedEpoch: -1 } as const;
const controlBatch = 0x20;

export async function fetchRecords(
  cluster: Cluster,
  connection: Connection,
  wanted: readonly Wanted[],
  { maxWaitMs, maxBytes }: FetchLimits,
): Promise<Fetched[]> {
  const request = groupedBy(wanted, ({ topic }) => topic).flatMap(([name, of]) => {
    const topic: TopicInfo | undefined = cluster.topic(name);
    if (topic === undefined) return [];
    const partitions = of.map(({ partition, position }) => ({
      partition,
      fetchOffset: position,
      partitionMaxBytes: maxBytes,
      ...unknownEpochs,
    }));
    return [{ topicId: topic.id, partitions }];
  });
  const [session, epoch] = noSession;
  const minBytes = 1;
  const { errorCode, responses } = await answerOf(
    fetchV17.api.async(
      connection,
      maxWaitMs,
      minBytes,
      maxBytes,
      readUncommitted,
      session,
      epoch,
      request,
      [],
      '',
    ),
  );
  if (responses.length === 0) assertNoError('to be read', errorCode);
  const fetched: Fetched[] = [];
  for (const { topicId, partitions } of responses) {
    const name = cluster.nameOf(topicId);
    for (const answer of partitions) {
      const asked = wanted.find(
        ({ topic, partition }) => topic === name && partition === answer.partitionIndex,
      );
      if (asked === undefined) continue;
      fetched.push({
        topic: asked.topic,
        partition: asked.partition,
        errorCode: answer.errorCode || errorCode,
        end: answer.highWatermark,
        ...recordsFrom(asked.position, answer.records ?? []),
      });
    }
  }
  return fetched;
}

/** Batches come whole, so the first may begin before the position; some hold only marks of transactions. */
function recordsFrom(
  position: bigint,
  batches: readonly RecordsBatch[],
): { records: LogRecord[]; next: bigint } {
  const records: LogRecord[] = [];
  let next = position;
  for (const batch of batches) {
    const last = batch.firstOffset + BigInt(batch.lastOffsetDelta);
    if (last + 1n > next) next = last + 1n;
    if ((batch.attributes & controlBatch) !== 0) continue;
    for (const record of batch.records) {
      const offset = batch.firstOffset + BigInt(record.offsetDelta);
      if (offset < position) continue;
      records.push(fromRecord(offset, record, batch.firstTimestamp + record.timestampDelta));
    }
  }
  return { records, next };
}
