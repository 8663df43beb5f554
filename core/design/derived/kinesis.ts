import { logExpander } from './log.ts';

/** One shard by default would throttle the replay of a busy stream, so the shards are those of the source. */
export const kinesis = logExpander(({ broker, mode, partitions }, retention) => ({
  broker,
  ...(mode !== undefined && { mode }),
  ...(partitions !== undefined && { partitions }),
  ...(retention !== undefined && { retention }),
}));
