import { logRetries } from '../services/logRetry.ts';

/** An entry that failed waits in a sorted set until it is due. */
export const planRetry = logRetries({
  label: 'Redis Streams',
  channel: 'stream',
  messages: 'entries',
  inPlace: 'repeated in place, which keeps the order',
  aside: (delays) => `set aside for ${delays}, then added to the retry stream`,
  tier: (retryTopic) => retryTopic,
});
