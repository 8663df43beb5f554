import { formatDuration } from '../../core/units.ts';
import { logRetries } from '../services/logRetry.ts';

export const planRetry = logRetries({
  label: 'Kafka',
  channel: 'topic',
  messages: 'records',
  inPlace: 'repeated in place, which keeps the order',
  aside: (delays) => `waiting in a retry topic for ${delays}`,
  // A topic for each delay: behind a record that waits a minute another would wait as long.
  tier: (retryTopic, delayMs, delays) =>
    delays === 1 ? retryTopic : `${retryTopic}.${formatDuration(delayMs)}`,
});
