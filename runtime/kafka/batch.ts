import {
  createAPI,
  createRecordsBatch,
  type MessageRecord,
  NumericMap,
  produceV11,
  Writer,
} from '@platformatic/kafka';
import { groupedBy } from './grouped.ts';

/** One message that waits to be confirmed. */
export interface Send {
  readonly record: MessageRecord;
  readonly bytes: number;
  readonly signal: AbortSignal;
  /** Settles it; later calls have no effect. */
  settle(error?: Error): void;
  readonly settled: boolean;
}

/** Which producer a partition's records come from, as the broker sees it (https://cwiki.apache.org/confluence/x/UqKMAw). */
export interface Identity {
  readonly producerId: bigint;
  readonly epoch: number;
}

/** Records of one partition with the numbers under which the broker takes them once, however often they are sent. */
export interface Batch {
  readonly sends: readonly Send[];
  readonly encoded: Buffer;
}

/** Below this a compressed batch is hardly smaller, and compressing it is not free. */
const compressFrom = 1_024;

export function encodeBatch(
  sends: readonly Send[],
  { producerId, epoch }: Identity,
  sequence: number,
): Batch {
  const [first] = sends;
  const bytes = sends.reduce((sum, send) => sum + send.bytes, 0);
  const name = `${first?.record.topic}:${first?.record.partition}`;
  const writer = createRecordsBatch(
    sends.map(({ record }) => record),
    {
      producerId,
      producerEpoch: epoch,
      sequences: new NumericMap([[name, sequence]]),
      compression: bytes < compressFrom ? 'none' : 'lz4',
    },
  );
  return { sends, encoded: writer.buffer };
}

interface PartitionBatch {
  readonly topic: string;
  readonly partition: number;
  readonly batch: Batch;
}

function appendPartition(writer: Writer, { partition, batch: { encoded } }: PartitionBatch): void {
  writer
    .appendInt32(partition)
    .appendUnsignedVarInt(encoded.length + 1)
    .append(encoded);
}

const acksOfAllReplicas = -1;
/** Milliseconds that the leader waits for its followers. */
const replicationTimeoutMs = 10_000;

/** The client's own request has one producer epoch for all partitions; here each batch is encoded once, with its own. */
export const produce = createAPI<[batches: readonly PartitionBatch[]], produceV11.ProduceResponse>(
  produceV11.api.key,
  produceV11.api.version,
  (batches: readonly PartitionBatch[]) => {
    return Writer.create()
      .appendString(null)
      .appendInt16(acksOfAllReplicas)
      .appendInt32(replicationTimeoutMs)
      .appendArray(
        groupedBy(batches, ({ topic }) => topic),
        (writer, [topic, partitions]) => {
          writer.appendString(topic).appendArray(partitions, appendPartition);
        },
      )
      .appendTaggedFields();
  },
  produceV11.parseResponse,
);
