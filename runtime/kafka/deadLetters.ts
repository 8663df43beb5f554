import { ConnectionLostError, TopologyError } from '../core/errors.ts';
import type { LogRecord } from '../core/partitions/assignment.ts';
import { DeadLetterBrowser } from '../core/partitions/deadLetterTopic.ts';
import { assertNoError } from './answers.ts';
import type { Cluster } from './cluster.ts';
import { fetchRecords } from './fetching.ts';
import { offsetAt } from './offsets.ts';
import type { Publisher } from './publisher.ts';

const lane = 'fetch by hand';
const limits = { maxWaitMs: 100, maxBytes: 4 * 1024 * 1024 } as const;
const maxMarkMs = 30_000;

/** Reads a dead-letter topic from end to end and writes the markers of what is done with. */
export function browserOf(cluster: Cluster, publisher: Publisher, topic: string): DeadLetterBrowser {
  return new DeadLetterBrowser(topic, {
    read: () => readAll(cluster, topic),
    mark: (partition, marker, key) =>
      publisher.publish(
        { topic, partition, ...(key === undefined ? {} : { key }) },
        marker,
        AbortSignal.timeout(maxMarkMs),
      ),
  });
}

async function readAll(cluster: Cluster, topic: string): Promise<readonly (readonly LogRecord[])[]> {
  await cluster.refresh(new Set([...cluster.topicNames, topic]));
  const info = cluster.topic(topic);
  if (info === undefined) throw new TopologyError(`The topic ${topic} does not exist.`);
  return Promise.all(info.leaders.map((_, partition) => readPartition(cluster, topic, partition)));
}

/** Up to what its end is now. */
async function readPartition(
  cluster: Cluster,
  topic: string,
  partition: number,
): Promise<readonly LogRecord[]> {
  const end = await offsetAt(cluster, { topic, partition }, 'latest', lane);
  let position = await offsetAt(cluster, { topic, partition }, 'earliest', lane);
  const records: LogRecord[] = [];
  while (position < end) {
    const leader = cluster.topic(topic)?.leaders[partition] ?? -1;
    const connection = await cluster.node(leader, lane);
    const [fetched] = await fetchRecords(cluster, connection, [{ topic, partition, position }], limits);
    if (fetched === undefined) throw new ConnectionLostError(`${topic}/${partition} cannot be read now.`);
    assertNoError(`to read ${topic}/${partition}`, fetched.errorCode);
    for (const record of fetched.records) records.push(record);
    position = fetched.next;
  }
  return records;
}
