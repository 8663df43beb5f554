import { logRetries } from '../services/logRetry.ts';

/** One stream for all delays: each shard is paid for. */
export const planRetry = logRetries({
  label: 'Kinesis',
  channel: 'stream',
  messages: 'records',
  inPlace: 'repeated in place, while later records of the key wait',
  aside: (delays) => `waiting in the retry stream for ${delays}`,
  tier: (retryTopic) => retryTopic,
});
