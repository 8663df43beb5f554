import { type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Queues } from './queues.ts';

interface Receive {
  readonly queue: string;
  /** Up to 10. */
  readonly most: number;
  /** Whole seconds, up to 20: an empty answer is given no earlier, and every server of the queue is asked. */
  readonly waitSeconds: number;
  /** Whole seconds for which what is received is hidden. */
  readonly visibilitySeconds: number;
}

/** Milliseconds for the answer beyond the wait. */
const answerMs = 5_000;

/** Up to ten messages, hidden from others. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export async function receive(
  queues: Queues,
  { queue, most, waitSeconds, visibilitySeconds }: Receive,
  signal: AbortSignal,
): Promise<readonly Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: await queues.urlOf(queue, signal),
    MaxNumberOfMessages: most,
    WaitTimeSeconds: waitSeconds,
    VisibilityTimeout: visibilitySeconds,
    MessageAttributeNames: ['All'],
    MessageSystemAttributeNames: ['ApproximateReceiveCount', 'DeadLetterQueueSourceArn', 'MessageGroupId'],
  });
  const { Messages = [] } = await queues.asking(
    queue,
    (options) => queues.client.send(command, options),
    signal,
    waitSeconds * 1_000 + answerMs,
  );
  return Messages;
}
