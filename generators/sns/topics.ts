import { addressOf, type Subscription } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { isFifoQueue, isFifoTopic } from '../aws/names.ts';
import { type Context, entries, nameOf, Problems } from '../context.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { type Known, passes } from './filter.ts';
import { subscriptionRefusals, topicRefusals } from './settings.ts';

export interface TopicPlan {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A queue that gets copies from a topic. */
export interface SubscriptionPlan {
  readonly topic: string;
  readonly queue: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly deadLetter?: string;
  /** Message types that it may let through. */
  readonly types: readonly string[];
}

export interface TopicsPlan {
  readonly topics: readonly TopicPlan[];
  readonly subscriptions: readonly SubscriptionPlan[];
}

/** Topics of a broker, and the queues that subscribe to them. */
export function planTopics(context: Context, broker: string): Result<TopicsPlan> {
  const { graph } = context;
  const problems = new Problems();
  const topics: TopicPlan[] = [];
  const subscriptions: SubscriptionPlan[] = [];
  for (const { id, value } of entries(graph.design.topics)) {
    if (value.broker !== broker) continue;
    problems.list.push(...topicRefusals({ id, value }));
    const fifo = isFifoTopic(value);
    topics.push({
      name: value.name ?? id,
      attributes: fifo
        ? {
            FifoTopic: 'true',
            ContentBasedDeduplication: 'false',
            ...(value.throughputScope === 'message-group' ? { FifoThroughputScope: 'MessageGroup' } : {}),
          }
        : {},
    });
    for (const subscription of graph.subscriptionsFrom(id)) {
      problems.list.push(...subscriptionRefusals(subscription));
      const plan = problems.take(planSubscription(context, subscription, value.name ?? id, fifo));
      if (plan) subscriptions.push(plan);
    }
  }
  topics.sort((a, b) => (a.name < b.name ? -1 : 1));
  return problems.list.length > 0 ? fail(problems.list) : ok({ topics, subscriptions });
}

function planSubscription(
  context: Context,
  { id, value }: Named<Subscription>,
  topic: string,
  fifo: boolean,
): Result<SubscriptionPlan> {
  const { graph } = context;
  const at = addressOf('subscriptions', id);
  const queue = graph.channel(value.endpoint);
  if (queue?.section !== 'queues' || graph.brokerKindOf(queue) !== 'sqs')
    return fail([
      unsupported(
        at,
        `its endpoint ${value.endpoint} is no queue of SQS in the design.`,
        'Draw the queue, and name it.',
      ),
    ]);
  if (isFifoQueue(queue.value) && !fifo)
    return fail([
      unsupported(
        at,
        `a standard topic cannot deliver to the FIFO queue ${queue.id}.`,
        `Write fifo: true at topics/${value.topic}.`,
      ),
    ]);
  const dead = value.deadLetter === undefined ? undefined : graph.channel(value.deadLetter);
  if (value.deadLetter !== undefined && dead?.section !== 'queues')
    return fail([
      unresolved(at, `its dead-letter queue ${value.deadLetter} is not in the design.`, 'Draw the queue.'),
    ]);
  return ok({
    topic,
    queue: nameOf(queue),
    attributes: {
      RawMessageDelivery: 'true',
      ...(value.filter
        ? {
            FilterPolicy: JSON.stringify(value.filter),
            FilterPolicyScope: value.filterScope ?? 'MessageAttributes',
          }
        : {}),
    },
    ...(dead ? { deadLetter: nameOf(dead) } : {}),
    types: typesThrough(context, value),
  });
}

/** All that may pass. A filter over bodies decides message by message. */
function typesThrough({ graph, design }: Context, { topic, filter, filterScope }: Subscription): string[] {
  const isOpen = filter === undefined || filterScope === 'MessageBody';
  const types = graph.producersOf(topic).flatMap(({ value: { messages = [], headers = {} } }) =>
    messages.filter((message) => {
      const known: Known = {
        ...(headers as Known),
        'loom-event-type': message,
        'loom-schema-version': design.messages.get(message)?.version ?? 1,
      };
      return isOpen || passes(filter, known) !== false;
    }),
  );
  return [...new Set(types)].sort();
}
