import type { TopologyDifference } from '../core/topology.ts';
import type { SubscriptionDeclaration } from './topology.ts';

type Attributes = Readonly<Partial<Record<string, string>>>;

/** Where a queue of SQS is, if it is beside the topic. */
export function queueArn(topicArn: string, queue: string): string {
  const [, partition, , region, account] = topicArn.split(':');
  return `arn:${partition}:sqs:${region}:${account}:${queue}`;
}

/** What a subscription is made with. */
export const subscriptionAttributes = (
  { attributes, deadLetter }: SubscriptionDeclaration,
  topicArn: string,
): Record<string, string> => ({
  ...attributes,
  ...(deadLetter === undefined
    ? {}
    : { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn(topicArn, deadLetter) }) }),
});

export function topicDifferences(
  name: string,
  wanted: Readonly<Record<string, string>>,
  found: Attributes | undefined,
): TopologyDifference[] {
  return differences(`topic ${name}`, wanted, found);
}

export const subscriptionDifferences = (
  subscription: SubscriptionDeclaration,
  topicArn: string,
  found: Attributes | undefined,
): TopologyDifference[] =>
  differences(
    `subscription of queue ${subscription.queue} to topic ${subscription.topic}`,
    subscriptionAttributes(subscription, topicArn),
    found,
  );

function differences(
  element: string,
  wanted: Readonly<Record<string, string>>,
  found: Attributes | undefined,
): TopologyDifference[] {
  if (found === undefined) return [{ kind: 'missing', element }];
  return Object.entries(wanted).flatMap(([name, value]): TopologyDifference[] => {
    const there = found[name];
    if (canonical(value) === canonical(there)) return [];
    const detail = `${name} is ${value} in the design and ${there ?? 'not set'} at SNS`;
    return [{ kind: 'changed', element, detail }];
  });
}

/** Policies are JSON, which SNS may write differently. */
function canonical(text: string | undefined): string | undefined {
  if (!text?.startsWith('{')) return text;
  try {
    return JSON.stringify(sorted(JSON.parse(text)));
  } catch {
    return text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
