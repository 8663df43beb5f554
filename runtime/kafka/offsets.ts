import { listOffsetsV9, offsetCommitV9, offsetFetchV9 } from '@platformatic/kafka';
import { ConnectionLostError } from '../core/errors.ts';
import { answerOf, assertNoError } from './answers.ts';
import type { Cluster, Lane } from './cluster.ts';
import { groupedBy } from './grouped.ts';
import type { Membership, TopicPartition } from './membership.ts';

/** Instead of a timestamp (https://kafka.apache.org/protocol#The_Messages_ListOffsets). */
const places = { earliest: -2n, latest: -1n } as const;
const noLeaderEpoch = -1;
const nobodysReplica = -1;
const readUncommitted = 0;

/** The group's committed offset of each partition, in their order; undefined where there is none. */
export async function committedOffsets(
  cluster: Cluster,
  group: string,
  { memberId, epoch }: Pick<Membership, 'memberId' | 'epoch'>,
  partitions: readonly TopicPartition[],
): Promise<(bigint | undefined)[]> {
  const topics = groupedBy(partitions, ({ topic }) => topic).map(([name, of]) => ({
    name,
    partitionIndexes: of.map(({ partition }) => partition),
  }));
  const connection = await cluster.coordinator(group);
  const request = offsetFetchV9.api.async(
    connection,
    [{ groupId: group, memberId, memberEpoch: epoch, topics }],
    true,
  );
  const [answer] = (await answerOf(request)).groups;
  assertNoError(`the offsets of ${group}`, answer?.errorCode ?? -1);
  const known = new Map<string, bigint>();
  for (const { name, partitions: of } of answer?.topics ?? []) {
    for (const { partitionIndex, committedOffset, errorCode } of of) {
      assertNoError(`the offset of ${name}/${partitionIndex}`, errorCode);
      if (committedOffset >= 0n) known.set(`${name}/${partitionIndex}`, committedOffset);
    }
  }
  return partitions.map(({ topic, partition }) => known.get(`${topic}/${partition}`));
}

/** @throws KafkaRefusal when one of them is not taken */
export async function commitOffsets(
  cluster: Cluster,
  group: string,
  { memberId, epoch }: Pick<Membership, 'memberId' | 'epoch'>,
  offsets: readonly (TopicPartition & { readonly offset: bigint })[],
): Promise<void> {
  const topics = groupedBy(offsets, ({ topic }) => topic).map(([name, of]) => ({
    name,
    partitions: of.map(({ partition, offset }) => ({
      partitionIndex: partition,
      committedOffset: offset,
      committedLeaderEpoch: noLeaderEpoch,
      committedMetadata: null,
    })),
  }));
  const connection = await cluster.coordinator(group);
  const answer = await answerOf(offsetCommitV9.api.async(connection, group, epoch, memberId, null, topics));
  for (const { name, partitions } of answer.topics) {
    for (const { partitionIndex, errorCode } of partitions) {
      assertNoError(`to commit ${name}/${partitionIndex}`, errorCode);
    }
  }
}

/** The first offset that is kept of a partition, or the one that its next record gets. */
export async function offsetAt(
  cluster: Cluster,
  { topic, partition }: TopicPartition,
  place: keyof typeof places,
  lane: Lane,
): Promise<bigint> {
  const leader = cluster.topic(topic)?.leaders[partition];
  if (leader === undefined)
    throw new ConnectionLostError(`The leader of ${topic}/${partition} is not known.`);
  const connection = await cluster.node(leader, lane);
  const asked = { partitionIndex: partition, currentLeaderEpoch: noLeaderEpoch, timestamp: places[place] };
  const request = listOffsetsV9.api.async(connection, nobodysReplica, readUncommitted, [
    { name: topic, partitions: [asked] },
  ]);
  const found = (await answerOf(request)).topics[0]?.partitions[0];
  assertNoError(`the offsets of ${topic}/${partition}`, found?.errorCode ?? -1);
  return found?.offset ?? 0n;
}
