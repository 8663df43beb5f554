import type { Pack } from '../pack.ts';
import { poisonBlocksShard } from './poison-blocks-shard.ts';
import { shardWriteCapacity } from './shard-write-capacity.ts';

export const kinesis = {
  'kinesis/shard-write-capacity': shardWriteCapacity,
  'kinesis/poison-blocks-shard': poisonBlocksShard,
} as const satisfies Pack;
