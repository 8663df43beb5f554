import type { DeadLetterShape } from '../../kinds/shared.ts';
import type { Queue } from '../design.ts';
import { queueExpander } from './queues.ts';

/**
 * The longest that SQS keeps a message. The clock is not set back when a message moves to the dead-letter queue, so
 * anything shorter may leave no time to look. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
const RETENTION = '14d';

const retentionOf = ({ deadLetter }: Queue): string =>
  (typeof deadLetter === 'object' ? (deadLetter as DeadLetterShape).retention : undefined) ?? RETENTION;

/**
 * A retry is the visibility time-out of the message, which is no channel. The dead-letter queue of a FIFO queue must be
 * FIFO as well. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export const sqs = queueExpander((queue) => ({
  broker: queue.broker,
  type: queue.type ?? 'standard',
  retention: retentionOf(queue),
}));
