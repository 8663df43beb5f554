import { expect, it } from 'vitest';
import type { Lease } from '../../../runtime/core/partitions/leases.ts';
import { forgotten, partitionOf, readable, type StreamShard } from '../../../runtime/kinesis/shards.ts';

const shard = (id: string, ...parents: string[]): StreamShard => ({
  stream: 's',
  lease: `s@1/${id}`,
  id,
  parents,
  closed: false,
});

const ended = (id: string): Lease => ({ shard: `s@1/${id}`, epoch: 1, checkpoint: 'end' });
const ids = (shards: readonly StreamShard[]) => shards.map(({ id }) => id);

it('reads the children of a split once their parent has been read to its end', () => {
  const shards = [shard('a'), shard('b', 'a'), shard('c', 'a')];
  expect(ids(readable(shards, []))).toEqual(['a']);
  expect(ids(readable(shards, [{ shard: 's@1/a', epoch: 1, checkpoint: '42' }]))).toEqual(['a']);
  expect(ids(readable(shards, [ended('a')]))).toEqual(['b', 'c']);
});

it('reads what was merged once both parents have been read to their ends', () => {
  const shards = [shard('a'), shard('b'), shard('c', 'a', 'b')];
  expect(ids(readable(shards, [ended('a')]))).toEqual(['b']);
  expect(ids(readable(shards, [ended('a'), ended('b')]))).toEqual(['c']);
});

it('does not wait for parents that have expired', () => {
  expect(ids(readable([shard('b', 'a')], []))).toEqual(['b']);
});

it('forgets leases of expired shards, and of no other stream', () => {
  const leases = [ended('a'), { shard: 'other@1/a', epoch: 1 }];
  expect(forgotten(['s@1'], [shard('b', 'a')], leases)).toEqual(['s@1/a']);
});

it('counts shards as partitions', () => {
  expect(partitionOf('shardId-000000000012')).toBe(12);
});
