import type { Pack } from '../pack.ts';
import { dlqRetention } from './dlq-retention.ts';
import { dlqTypeMatch } from './dlq-type-match.ts';
import { fifoGroupKey } from './fifo-group-key.ts';
import { fifoThroughput } from './fifo-throughput.ts';
import { longPolling } from './long-polling.ts';
import { maxReceiveCount } from './max-receive-count.ts';
import { visibilityVsBatch } from './visibility-vs-batch.ts';

export const sqs = {
  'sqs/long-polling': longPolling,
  'sqs/visibility-vs-batch': visibilityVsBatch,
  'sqs/max-receive-count': maxReceiveCount,
  'sqs/dlq-type-match': dlqTypeMatch,
  'sqs/dlq-retention': dlqRetention,
  'sqs/fifo-throughput': fifoThroughput,
  'sqs/fifo-group-key': fifoGroupKey,
} as const satisfies Pack;
