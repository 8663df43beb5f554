import { bool, oneOf, size } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { channelAttributes } from '../shared.ts';
import { sources } from '../sources.ts';

export const topic = defineKind({
  id: 'topic',
  section: 'topics',
  title: 'Topic',
  doc: 'An SNS topic: copies each message to every subscription. On Redis a Pub/Sub channel, which keeps nothing for a subscriber that is away.',
  drawn: 'channel',
  attributes: {
    ...channelAttributes,
    fifo: bool({
      group: 'Ordering',
      doc: 'Whether order per message group is kept.',
      default: { value: false, why: 'default of SNS' },
      brokers: ['sns'],
      source: sources.snsGroups,
    }),
    throughputScope: oneOf(['topic', 'message-group'], {
      group: 'Ordering',
      doc: 'Whether the throughput quota of a FIFO topic, and its deduplication, hold for the topic or for each message group.',
      default: { value: 'topic', why: 'default of SNS; 3,000 messages a second for the whole topic' },
      brokers: ['sns'],
      source: sources.snsFifoScope,
    }),
    maxMessageSize: size({
      group: 'Limits',
      doc: 'Largest message; up to 1MiB with at most 100 subscriptions, all SQS, Lambda or Firehose.',
      default: { value: '256KiB', why: 'default of SNS' },
      brokers: ['sns'],
      source: sources.snsLarge,
    }),
  },
});
