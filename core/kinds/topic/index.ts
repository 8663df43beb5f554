import { bool, size } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { channelAttributes } from '../shared.ts';

export const topic = defineKind({
  id: 'topic',
  section: 'topics',
  title: 'Topic',
  doc: 'An SNS topic: copies each message to every subscription.',
  drawn: 'channel',
  attributes: {
    ...channelAttributes,
    fifo: bool({
      group: 'Ordering',
      doc: 'Whether order per message group is kept.',
      default: { value: false, why: 'default of SNS' },
      brokers: ['sns'],
    }),
    maxMessageSize: size({
      group: 'Limits',
      doc: 'Largest message.',
      default: { value: '256KiB', why: 'default of SNS' },
      brokers: ['sns'],
    }),
  },
});
