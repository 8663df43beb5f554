import { logExpander } from './log.ts';

/** One shard by default would throttle the replay of a busy stream, so the shards are those of the source. */
export const kinesis = logExpander(({ broker, partitions }, retention) => ({
  broker,
  ...(partitions !== undefined && { partitions }),
  ...(retention !== undefined && { retention }),
}));
