import { addressOf, type Consumer } from '../../core/design/design.ts';
import { backstop } from '../../core/design/expand.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { parseDuration } from '../../core/units.ts';
import { type Context, nameOf, Problems } from '../context.ts';
import type { TopicConsumerPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { groupOf } from '../services/groups.ts';
import { planIdempotency } from '../services/idempotency.ts';
import { logDeadLetters, logRetryChannel } from '../services/logChannels.ts';
import { planOrdering } from '../services/ordering.ts';
import { isLegalName } from './names.ts';
import { planRetry } from './retry.ts';
import { consumerRefusals } from './settings.ts';

/** What the members of a group do for one another. Times in ms. */
export interface GroupPlan {
  readonly name: string;
  readonly startFrom: 'earliest' | 'latest';
  readonly minIdleMs: number;
  readonly intervalMs: number;
  readonly singleActive?: true;
  readonly backstop: {
    readonly maxDeliveries: number;
    readonly deadLetter: string;
    readonly service: string;
    readonly consumer: string;
    readonly retryTopic: string;
  };
}

export interface RedisConsumerPlan {
  readonly plan: TopicConsumerPlan;
  readonly group: GroupPlan;
}

/** Entries held at once: enough for a read of 100 to be under way while handlers work. */
const PREFETCH = 256;
const MIN_IDLE = 60_000;
/** Keys of a stream: what rules and drawings take for granted as well. Adding some moves the messages of a key. */
export const PARTITIONS = 6;

export function planConsumer(
  context: Context,
  consumer: Named<Consumer>,
  broker: string,
): Result<RedisConsumerPlan> {
  const { graph } = context;
  const { id, value } = consumer;
  const at = addressOf('consumers', id);
  const stream = graph.channel(value.channel);
  if (stream?.section !== 'streams')
    return fail([unsupported(at, 'reads no stream of Redis.', 'Connect it to a stream.')]);

  const problems = new Problems();
  problems.list.push(...consumerRefusals(consumer));
  if (!isLegalName(groupOf(consumer)))
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
  const isOrdered = ordering.mode.value !== 'none';
  if (ordering.mode.value === 'total' && (stream.value.partitions ?? PARTITIONS) > 1)
    problems.list.push(
      unsupported(
        at,
        'a stream of several keys has no order across them.',
        `Write partitions: 1 at streams/${stream.id}, or ordering: per-key.`,
      ),
    );
  const stops = value.onFailure === 'stop';
  if (stops && !isOrdered)
    problems.list.push(
      unsupported(
        at,
        'onFailure: stop holds what comes after an entry of its key, and no flow relies on that order.',
        'Use dead-letter, or state ordering: per-key at the flow.',
      ),
    );
  const deadLetter = problems.take(planDeadLetter(context, consumer, broker));
  const retryTopic = problems.take(logRetryChannel(context, consumer, broker));
  const retry = problems.take(planRetry(context, consumer, retryTopic ?? '', isOrdered));
  const idempotency = problems.take(planIdempotency(context, consumer));
  if (!deadLetter || !retryTopic || !retry || !idempotency || problems.list.length > 0)
    return fail(problems.list);

  const startFrom = value.offsetReset ?? 'earliest';
  const minIdleMs =
    parseDuration(value.reclaim?.minIdle ?? '') ??
    Math.max(MIN_IDLE, 3 * (parseDuration(value.processing?.p99 ?? '') ?? 0));
  return ok({
    plan: {
      id,
      broker,
      topic: nameOf(stream),
      group: groupOf(consumer),
      retryTopic,
      startFrom: {
        value: startFrom,
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
      prefetch: { value: PREFETCH, reason: 'entries held at once; while they are, no more are read' },
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
    },
    group: {
      name: groupOf(consumer),
      startFrom,
      minIdleMs,
      intervalMs: parseDuration(value.reclaim?.interval ?? '') ?? Math.ceil(minIdleMs / 2),
      ...(isOrdered ? { singleActive: true } : {}),
      backstop: {
        maxDeliveries: value.maxDeliveries ?? backstop(retry.value.maxAttempts),
        deadLetter: deadLetter.value.topic,
        service: value.service ?? id,
        consumer: id,
        retryTopic,
      },
    },
  });
}

const planDeadLetter = logDeadLetters({
  missing: 'has no dead-letter stream, so an entry that cannot be processed would be tried for ever.',
  reason: 'added and confirmed before the original is acknowledged',
});
