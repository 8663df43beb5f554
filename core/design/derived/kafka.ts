import { logExpander } from './log.ts';

/** As durable and as parallel as the topic that the records come from; a share group needs only the dead-letter topic. */
export const kafka = logExpander(
  ({ broker, partitions, replication, minInsync, maxMessageBytes }, retention) => ({
    broker,
    ...(partitions !== undefined && { partitions }),
    ...(replication !== undefined && { replication }),
    ...(minInsync !== undefined && { minInsync }),
    ...(maxMessageBytes !== undefined && { maxMessageBytes }),
    ...(retention !== undefined && { retention }),
  }),
);
