import { logDeadLetters } from '../services/logChannels.ts';
import { logConsumers } from '../services/logConsumer.ts';
import { planRetry } from './retry.ts';
import { consumerRefusals } from './settings.ts';

/** Enough to keep handlers busy between two fetches, few enough to be drained within the grace time of a shutdown. */
const RECORDS = 256;

export const planConsumer = logConsumers({
  log: 'topic of Kafka',
  message: 'a record',
  isSplit: ({ partitions = Number.POSITIVE_INFINITY }) => partitions > 1,
  split: 'a topic of several partitions',
  unsplit: 'partitions: 1',
  refusals: consumerRefusals,
  groupProblem: (group) =>
    /^\*?$/.test(group)
      ? `${JSON.stringify(group)} names no group; in the rights of Kafka a star means every one.`
      : undefined,
  deadLetters: logDeadLetters({
    missing: 'has no dead-letter topic, so a record that cannot be processed would block its partition.',
    reason: 'written and confirmed before the offset of the original is committed',
  }),
  retries: planRetry,
  prefetch: ({ maxPollRecords }) =>
    maxPollRecords === undefined
      ? { value: RECORDS, reason: 'records held at once; while they are, no more are fetched' }
      : { value: maxPollRecords, reason: '' },
});
