import type { SqsPlan } from './plan.ts';

/** What services that receive ask of a queue, and what those that send do. */
const RECEIVE = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
];
const SEND = ['sqs:GetQueueUrl', 'sqs:SendMessage'];
/**
 * What the dead-letter tool asks besides of a dead-letter queue, and of where it sends back to: moving needs what
 * receiving and sending does (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/troubleshooting-dlq-redrive.html).
 */
const MOVE_FROM = [
  ...RECEIVE,
  'sqs:CancelMessageMoveTask',
  'sqs:ListDeadLetterSourceQueues',
  'sqs:ListMessageMoveTasks',
  'sqs:StartMessageMoveTask',
].sort();
const MOVE_TO = ['sqs:GetQueueAttributes', ...SEND];

/** The least that each consumer and producer and the dead-letter tool need, as https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies.html has it. */
export function policiesOf({ queues, sqsConsumers, producers }: SqsPlan) {
  const statement = (actions: readonly string[], queues: readonly string[]) => ({
    Effect: 'Allow',
    Action: actions,
    Resource: queues.map((name) => `arn:aws:sqs:*:*:${name}`),
  });
  const policy = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
  const consumers = sqsConsumers.map(({ id, queue, deadLetter, retry }) => {
    const dead = 'queue' in deadLetter.value ? [deadLetter.value.queue] : [];
    const own = retry.value.tiers.length > 0 ? [queue] : [];
    return [id, policy(statement(RECEIVE, [queue]), statement(SEND, [...own, ...dead]))] as const;
  });
  const senders = [...producers.values()].flatMap(({ id, to }) =>
    'queue' in to ? [[id, policy(statement(SEND, [to.queue]))] as const] : [],
  );
  const dead = queues.filter(({ lettersOf }) => lettersOf.length > 0).map(({ name }) => name);
  const sources = [...new Set(queues.flatMap(({ lettersOf }) => lettersOf))].sort();
  const dlq = policy(statement(MOVE_FROM, dead), statement(MOVE_TO, sources));
  return {
    consumers: Object.fromEntries(consumers),
    producers: Object.fromEntries(senders),
    ...(dead.length > 0 ? { tools: { dlq } } : {}),
  };
}
