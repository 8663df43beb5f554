/** A policy of a queue, as far as it is looked at. */
interface Statement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/** Where a topic of SNS is, if it is beside the queue. */
export function topicArn(queueArn: string, topic: string): string {
  const [, partition, , region, account] = queueArn.split(':');
  return `arn:${partition}:sns:${region}:${account}:${topic}`;
}

/** Which of the topics a policy does not let send to its queue. */
export const withoutLeave = (
  policy: string | undefined,
  queueArn: string,
  topics: readonly string[],
): string[] => topics.filter((topic) => !(policy ?? '').includes(JSON.stringify(topicArn(queueArn, topic))));

/**
 * The policy with leave for the topics besides; what else it says stays.
 * https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
 */
export function withLeave(policy: string | undefined, queueArn: string, topics: readonly string[]): string {
  const known =
    policy === undefined || policy === '' ? {} : (JSON.parse(policy) as { Statement?: Statement[] });
  const added = topics.map(
    (topic): Statement => ({
      Sid: `loom-${topic.replace(/\.fifo$/, '')}`.replace(/[^A-Za-z0-9]/g, ''),
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: queueArn,
      Condition: { ArnEquals: { 'aws:SourceArn': topicArn(queueArn, topic) } },
    }),
  );
  return JSON.stringify({
    Version: '2012-10-17',
    ...known,
    Statement: [...(known.Statement ?? []), ...added],
  });
}
