import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { type Context, nameOf, Problems } from '../context.ts';
import type { TopicConsumerPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { groupOf } from '../services/groups.ts';
import { planIdempotency } from '../services/idempotency.ts';
import { logDeadLetters, logRetryChannel } from '../services/logChannels.ts';
import { planOrdering } from '../services/ordering.ts';
import { isLegalGroup } from './names.ts';
import { planRetry } from './retry.ts';
import { consumerRefusals } from './settings.ts';
import { shardsOf } from './streams.ts';

/** Enough to keep handlers busy between two reads, few enough to be drained within the grace time of a shutdown. */
const PREFETCH = 256;

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
    return fail([unsupported(at, 'reads no stream of Kinesis.', 'Connect it to a stream.')]);

  const problems = new Problems();
  problems.list.push(...consumerRefusals(consumer));
  if (!isLegalGroup(groupOf(consumer)))
    problems.list.push({
      code: 'LOOM_NAME',
      message: `${at}: the group name ${JSON.stringify(groupOf(consumer))} has other characters than letters, digits, dots, underscores and hyphens.`,
      hint: 'Give another name, or leave group out.',
      element: at,
    });
  const messages = graph.messagesOf(consumer);
  if (messages.length === 0)
    problems.list.push(
      unresolved(at, 'no message can reach it.', 'Name its messages, or let a producer write to its stream.'),
    );
  const others = [...graph.messagesArrivingAt(stream.id)].filter((each) => !messages.includes(each)).sort();
  const ordering = planOrdering(context, consumer);
  if (ordering.mode.value === 'total' && shardsOf(stream.value) !== 1)
    problems.list.push(
      unsupported(
        at,
        'a stream of several shards has no order across them.',
        `Write mode: provisioned and partitions: 1 at streams/${stream.id}, or ordering: per-key.`,
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
  const retryTopic = problems.take(logRetryChannel(context, consumer, broker));
  const retry = problems.take(planRetry(context, consumer, retryTopic ?? '', ordering.mode.value !== 'none'));
  const idempotency = problems.take(planIdempotency(context, consumer));
  if (idempotency?.value === false)
    problems.list.push(
      unsupported(
        at,
        'it has no store: the shards of Kinesis are leased in one, and how far they are read is kept there, since Kinesis itself keeps neither.',
        'Give it an idempotency policy with the strategy key-store or transactional-inbox; its Redis or PostgreSQL keeps the leases too.',
      ),
    );
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
    prefetch: { value: PREFETCH, reason: 'records held at once; while they are, no more are read' },
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

const planDeadLetter = logDeadLetters({
  missing: 'has no dead-letter stream, so a record that cannot be processed would block its shard.',
  reason: 'written and confirmed before the checkpoint moves past the original',
});
