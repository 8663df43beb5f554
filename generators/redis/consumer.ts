import type { Consumer } from '../../core/design/design.ts';
import { backstop } from '../../core/design/expand.ts';
import type { Named } from '../../core/design/graph.ts';
import { ok, type Result } from '../../core/result.ts';
import { parseDuration } from '../../core/units.ts';
import type { Context } from '../context.ts';
import type { TopicConsumerPlan } from '../endpoint.ts';
import { logDeadLetters } from '../services/logChannels.ts';
import { logConsumers } from '../services/logConsumer.ts';
import { plainGroup } from '../services/logNames.ts';
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
  const planned = planLog(context, consumer, broker);
  if (!planned.ok) return planned;
  const plan = planned.value;
  const { id, value } = consumer;
  const minIdleMs =
    parseDuration(value.reclaim?.minIdle ?? '') ??
    Math.max(MIN_IDLE, 3 * (parseDuration(value.processing?.p99 ?? '') ?? 0));
  return ok({
    plan,
    group: {
      name: plan.group,
      startFrom: plan.startFrom.value,
      minIdleMs,
      intervalMs: parseDuration(value.reclaim?.interval ?? '') ?? Math.ceil(minIdleMs / 2),
      ...(plan.ordering.value === 'none' ? {} : { singleActive: true }),
      backstop: {
        maxDeliveries: value.maxDeliveries ?? backstop(plan.retry.value.maxAttempts),
        deadLetter: plan.deadLetter.value.topic,
        service: value.service ?? id,
        consumer: id,
        retryTopic: plan.retryTopic,
      },
    },
  });
}

const planLog = logConsumers({
  log: 'stream of Redis',
  message: 'an entry',
  isSplit: ({ partitions = PARTITIONS }) => partitions > 1,
  split: 'a stream of several keys',
  unsplit: 'partitions: 1',
  refusals: consumerRefusals,
  groupProblem: plainGroup,
  deadLetters: logDeadLetters({
    missing: 'has no dead-letter stream, so an entry that cannot be processed would be tried for ever.',
    reason: 'added and confirmed before the original is acknowledged',
  }),
  retries: planRetry,
  prefetch: () => ({ value: PREFETCH, reason: 'entries held at once; while they are, no more are read' }),
});
