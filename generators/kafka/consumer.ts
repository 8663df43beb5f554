import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { retryChannelId } from '../../core/design/policies.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { type Context, nameOf, Problems } from '../context.ts';
import type { Decision, DestinationPlan, TopicConsumerPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { planIdempotency } from '../services/idempotency.ts';
import { planOrdering } from '../services/ordering.ts';
import { planRetry } from './retry.ts';
import { consumerRefusals } from './settings.ts';

export function planConsumer(
  context: Context,
  consumer: Named<Consumer>,
  broker: string,
): Result<TopicConsumerPlan> {
  const { graph } = context;
  const { id, value } = consumer;
  const at = addressOf('consumers', id);
  const stream = graph.channel(value.channel);
  if (stream?.section !== 'streams')
    return fail([unsupported(at, 'reads no topic of Kafka.', 'Connect it to a stream.')]);

  const problems = new Problems();
  problems.list.push(...consumerRefusals(consumer));
  if (/^\*?$/.test(groupOf(consumer)))
    problems.list.push({
      code: 'LOOM_NAME',
      message: `${at}: ${JSON.stringify(groupOf(consumer))} names no group; in the rights of Kafka a star means every one.`,
      hint: 'Give another name, or leave group out.',
      element: at,
    });
  const messages = graph.messagesOf(consumer);
  if (messages.length === 0)
    problems.list.push(
      unresolved(at, 'no message can reach it.', 'Name its messages, or let a producer write to its stream.'),
    );
  const others = [...graph.messagesArrivingAt(stream.id)].filter((id) => !messages.includes(id)).sort();
  const ordering = planOrdering(context, consumer);
  const partitions = stream.value.partitions ?? Number.POSITIVE_INFINITY;
  if (ordering.mode.value === 'total' && partitions > 1)
    problems.list.push(
      unsupported(
        at,
        'a topic of several partitions has no order across them.',
        `Write partitions: 1 at streams/${stream.id}, or ordering: per-key.`,
      ),
    );
  const stops = value.onFailure === 'stop';
  if (stops && ordering.mode.value === 'none')
    problems.list.push(
      unsupported(
        at,
        'onFailure: stop holds what comes after a record of its key, and no flow relies on that order.',
        'Use dead-letter, or state ordering: per-key at the flow.',
      ),
    );
  const deadLetter = problems.take(planDeadLetter(context, consumer, broker));
  const retryTopic = problems.take(retryTopicOf(context, consumer, broker));
  const retry = problems.take(planRetry(context, consumer, retryTopic ?? '', ordering.mode.value !== 'none'));
  const idempotency = problems.take(planIdempotency(context, consumer));
  if (!deadLetter || !retryTopic || !retry || !idempotency || problems.list.length > 0)
    return fail(problems.list);

  return ok({
    id,
    broker,
    topic: nameOf(stream),
    group: groupOf(consumer),
    retryTopic,
    startFrom: {
      value: value.offsetReset ?? 'earliest',
      reason:
        value.offsetReset === undefined
          ? 'a new group reads what is there already, so that nothing is skipped'
          : '',
    },
    messages: [...messages].sort(),
    ...(others.length > 0 ? { ignores: others } : {}),
    concurrency: {
      value: value.concurrency ?? 1,
      reason: value.concurrency === undefined ? 'one handler at a time, the safe default' : '',
    },
    prefetch: {
      value: value.maxPollRecords ?? RECORDS,
      reason:
        value.maxPollRecords === undefined ? 'records held at once; while they are, no more are fetched' : '',
    },
    ordering: ordering.mode,
    orderingKey: ordering.key,
    retry,
    deadLetter,
    ...(stops
      ? {
          onFailure: {
            value: 'stop',
            reason:
              'after the last attempt the key waits, and the service says so, until the cause is corrected',
          },
        }
      : {}),
    idempotency,
  });
}

/** Enough to keep handlers busy between two fetches, few enough to be drained within the grace time of a shutdown. */
const RECORDS = 256;

/** Consumer group; begins with the service, so that no two services share the records by accident. */
export const groupOf = ({ id, value }: Named<Consumer>): string =>
  value.group ?? `${value.service ?? id}.${id}`;

function planDeadLetter(
  { graph }: Context,
  consumer: Named<Consumer>,
  broker: string,
): Result<Decision<DestinationPlan>> {
  const at = addressOf('consumers', consumer.id);
  const deadLetter = graph.deadLetterOf(consumer);
  if (!deadLetter)
    return fail([
      unresolved(
        at,
        'has no dead-letter topic, so a record that cannot be processed would block its partition.',
        `Write deadLetter: true at ${at}.`,
      ),
    ]);
  const topic = graph.channel(deadLetter.target);
  if (topic?.section !== 'streams' || topic.value.broker !== broker)
    return fail([
      unresolved(
        at,
        `its dead letters go to ${deadLetter.exchange ?? deadLetter.target}, which is no stream of the broker ${broker}.`,
        'Write deadLetter: true, or name a stream of that broker.',
      ),
    ]);
  return ok({
    value: { topic: nameOf(topic) },
    reason: 'written and confirmed before the offset of the original is committed',
  });
}

/** The derived design has it for every consumer with dead letters, unless the author uses its name for another thing. */
function retryTopicOf({ graph }: Context, consumer: Named<Consumer>, broker: string): Result<string> {
  const id = retryChannelId(consumer.id, consumer.value);
  const channel = graph.channel(id);
  if (channel?.section === 'streams' && channel.value.broker === broker) return ok(nameOf(channel));
  // Without dead letters there is no such topic, and that is said already.
  if (!channel && !graph.deadLetterOf(consumer)) return ok(id);
  return fail([
    unsupported(
      addressOf('consumers', consumer.id),
      `${id} has to be a stream of the broker ${broker}: the topic for its retries and replays.`,
      'Give the other channel of that name another one.',
    ),
  ]);
}
