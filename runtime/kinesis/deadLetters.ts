import { pause } from '../core/backoff.ts';
import type { LogRecord } from '../core/partitions/assignment.ts';
import { DeadLetterBrowser } from '../core/partitions/deadLetterTopic.ts';
import type { KinesisApi } from './api.ts';
import { fromRecord } from './message.ts';
import type { Publisher } from './publisher.ts';

const maxMarkMs = 30_000;
const maxRecords = 1_000;

/**
 * Reads a dead-letter stream from end to end and writes the markers of what is done with. Its shards count as one
 * partition: retention goes by the age of a record, whatever its shard, and sequence numbers contain the shard
 * (https://docs.aws.amazon.com/streams/latest/dev/key-concepts.html), so a letter and its marker find each other after a
 * split as well.
 */
export function browserOf(
  api: KinesisApi,
  publisher: Publisher,
  topic: string,
  pollMs: number,
  signal: AbortSignal,
): DeadLetterBrowser {
  return new DeadLetterBrowser(topic, {
    read: async () => [await readAll(api, topic, pollMs, signal)],
    mark: (_, marker, key) =>
      publisher.publish(
        { topic, ...(key === undefined ? {} : { key }) },
        marker,
        AbortSignal.any([signal, AbortSignal.timeout(maxMarkMs)]),
      ),
  });
}

async function readAll(
  api: KinesisApi,
  topic: string,
  pollMs: number,
  signal: AbortSignal,
): Promise<readonly LogRecord[]> {
  const shards = await api.shards(topic, signal);
  const read = await Promise.all(shards.map(({ id }) => readShard(api, topic, id, pollMs, signal)));
  return read.flat().sort((a, b) => a.arrivedAt - b.arrivedAt || (a.offset < b.offset ? -1 : 1));
}

/** Up to its end: a read that gives nothing and says that nothing is behind it. */
async function readShard(
  api: KinesisApi,
  topic: string,
  shard: string,
  pollMs: number,
  signal: AbortSignal,
): Promise<ReturnType<typeof fromRecord>[]> {
  const records: ReturnType<typeof fromRecord>[] = [];
  let iterator = await api.iterator(topic, shard, 'earliest', signal);
  while (iterator !== undefined) {
    const answer = await api.records(topic, iterator, maxRecords, signal);
    for (const record of answer.Records ?? []) records.push(fromRecord(record));
    if ((answer.Records ?? []).length === 0 && (answer.MillisBehindLatest ?? 0) === 0) break;
    iterator = answer.NextShardIterator;
    await pause(pollMs, signal);
    signal.throwIfAborted();
  }
  return records;
}
