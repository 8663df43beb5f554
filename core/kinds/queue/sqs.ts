import { bool, duration, object } from '../attribute.ts';
import { sources } from '../sources.ts';

const brokers = ['sqs'] as const;

const fifoParts = {
  highThroughput: bool({
    doc: 'Whether quotas hold for each message group instead of the queue.',
    default: { value: false, why: '300 calls a second for each action are enough to start with' },
    source: sources.sqsFifoThroughput,
  }),
  contentBasedDedup: bool({
    doc: 'Whether SQS derives the deduplication id from the body.',
    default: { value: false, why: 'two orders with the same body are two orders' },
    source: sources.sqsFifo,
  }),
} as const;

/** Attributes of an SQS queue. */
export const sqsQueueAttributes = {
  fifo: object(fifoParts, {
    group: 'Ordering',
    doc: 'Settings of a FIFO queue.',
    brokers,
    source: sources.sqsFifo,
  }),
  visibility: duration({
    group: 'Delivery',
    doc: 'How long a received message is hidden from others; at most 12h. It begins for a whole batch at the receive.',
    default: { value: '30s', why: 'default of SQS' },
    brokers,
    source: sources.sqsQuotas,
  }),
  delay: duration({
    group: 'Delivery',
    doc: 'How long a new message is hidden; at most 15m.',
    default: { value: '0s', why: 'work begins at once' },
    brokers,
    source: sources.sqsQuotas,
  }),
  waitTime: duration({
    group: 'Delivery',
    doc: 'How long a receive waits for a message; at most 20s.',
    default: { value: '20s', why: 'short polls cost requests and miss messages' },
    brokers,
    source: sources.sqsPolling,
  }),
  retention: duration({
    group: 'Limits',
    doc: 'How long SQS keeps a message; 60s to 14d.',
    default: { value: '4d', why: 'default of SQS' },
    brokers,
    source: sources.sqsQuotas,
  }),
} as const;
