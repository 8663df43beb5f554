import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { retryQueueId, retryTiers } from '../../core/design/policies.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { formatDuration } from '../../core/units.ts';
import type { TaskLimits } from '../broker.ts';
import { type Context, nameOf, Problems } from '../context.ts';
import type { Decision, QueueConsumerPlan, RetryPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';
import { planIdempotency } from '../services/idempotency.ts';
import { resolveRetry, retrySettings } from '../services/retry.ts';
import { timeLimitsOf } from './limits.ts';
import { consumerRefusals } from './settings.ts';
import { VISIBILITY } from './visibility.ts';

/** Deliveries of a task whose process died: RabbitMQ and the worker both count them. */
const REDELIVERIES = 50;
/** How long RabbitMQ lets a delivery be unacknowledged: https://www.rabbitmq.com/docs/consumers#acknowledgement-timeout */
const CONSUMER_TIMEOUT = 1_800_000;

export function planConsumer(
  context: Context,
  consumer: Named<Consumer>,
  { id: broker, kind }: { readonly id: string; readonly kind: 'redis' | 'rabbitmq' },
): Result<{ readonly plan: QueueConsumerPlan; readonly limits: TaskLimits }> {
  const { graph } = context;
  const { id, value } = consumer;
  const at = addressOf('consumers', id);
  const queue = graph.channel(value.channel);
  if (queue?.section !== 'queues')
    return fail([unsupported(at, 'reads no queue of Celery.', 'Connect it to a queue.')]);
  const problems = new Problems();
  problems.list.push(...consumerRefusals(consumer));
  const messages = graph.messagesOf(consumer);
  if (messages.length === 0)
    problems.list.push(
      unresolved(at, 'no task can reach it.', 'Name its messages, or let a producer write to its queue.'),
    );
  const longest = kind === 'redis' ? VISIBILITY : CONSUMER_TIMEOUT;
  const written = timeLimitsOf(value.celery);
  const { softMs, hardMs } = written ?? { softMs: longest * 0.72, hardMs: longest * 0.8 };
  if (softMs >= hardMs)
    problems.list.push(
      unsupported(at, 'softTimeLimit has to be below timeLimit.', 'Give the task time to end by itself.'),
    );
  if (kind === 'rabbitmq' && hardMs >= CONSUMER_TIMEOUT)
    problems.list.push(
      unsupported(
        at,
        `RabbitMQ takes a task back that is not acknowledged after ${formatDuration(CONSUMER_TIMEOUT)}.`,
        'Give a shorter timeLimit.',
      ),
    );
  const deadLetter = problems.take(planDeadLetter(context, consumer, broker));
  const retry = problems.take(planRetry(context, consumer, nameOf(queue), kind));
  const idempotency = problems.take(planIdempotency(context, consumer));
  if (idempotency !== undefined && idempotency.value !== false && idempotency.value.inbox)
    problems.list.push(
      unsupported(
        at,
        'a transactional inbox is not generated for Celery workers.',
        'Use the strategy key-store, with a store of the kind redis or postgres.',
      ),
    );
  if (!deadLetter || !retry || !idempotency || problems.list.length > 0) return fail(problems.list);
  const concurrency = value.concurrency ?? 1;
  return ok({
    plan: {
      id,
      broker,
      queue: nameOf(queue),
      messages: [...messages].sort(),
      concurrency: {
        value: concurrency,
        reason: value.concurrency === undefined ? 'one process, the safe default' : '',
      },
      prefetch: {
        value: (value.celery?.prefetchMultiplier ?? 1) * concurrency,
        reason: 'a worker holds no more than its processes work on',
      },
      ordering: { value: 'none', reason: '' },
      orderingKey: undefined,
      retry,
      deadLetter,
      idempotency,
    },
    limits: {
      softMs: {
        value: Math.floor(softMs),
        reason: written ? 'as the design says' : 'below the hard limit, so that the handler can clean up',
      },
      hardMs: {
        value: Math.floor(hardMs),
        reason: written
          ? 'as the design says'
          : `below ${formatDuration(longest)}, after which the broker hands the task out once more`,
      },
      maxRedeliveries: value.celery?.maxRedeliveries ?? REDELIVERIES,
      prefetchMultiplier: value.celery?.prefetchMultiplier ?? 1,
    },
  });
}

function planDeadLetter(
  { graph }: Context,
  consumer: Named<Consumer>,
  broker: string,
): Result<Decision<{ readonly queue: string }>> {
  const at = addressOf('consumers', consumer.id);
  const deadLetter = graph.deadLetterOf(consumer);
  if (!deadLetter)
    return fail([
      unresolved(
        at,
        'has no dead-letter queue, and Celery drops what fails for the last time.',
        `Write deadLetter: true at ${at}.`,
      ),
    ]);
  const target = graph.channel(deadLetter.target);
  if (target?.section !== 'queues' || target.value.broker !== broker)
    return fail([
      unresolved(
        at,
        `its dead letters go to ${deadLetter.exchange ?? deadLetter.target}, which is no queue of the broker ${broker}.`,
        'Write deadLetter: true, or name a queue of that broker.',
      ),
    ]);
  return ok({
    value: { queue: nameOf(target) },
    reason: 'published by the worker and confirmed before the task is acknowledged',
  });
}

function planRetry(
  { design, graph }: Context,
  consumer: Named<Consumer>,
  queue: string,
  kind: 'redis' | 'rabbitmq',
): Result<Decision<RetryPlan<{ readonly queue: string }>>> {
  const at = addressOf('consumers', consumer.id);
  const channel = graph.channel(consumer.value.channel);
  const inherited = channel?.section === 'queues' ? channel.value.retry : undefined;
  const resolved = resolveRetry(design, at, consumer.value.retry ?? inherited);
  if (!resolved.ok) return resolved;
  const { retry, shape, policy } = resolved.value;
  if (shape?.mode !== undefined && !['broker', 'delayed-queue'].includes(shape.mode))
    return fail([
      unsupported(at, `retries of the mode ${shape.mode} do not exist on Celery.`, 'Leave mode out.'),
    ]);
  const maxAttempts = Math.max(1, retry.maxAttempts);
  // A worker that waits for a task of a quorum queue has one place less: its prefetch cannot grow there.
  const tiers = kind === 'rabbitmq' && maxAttempts > 1 ? retryTiers(retry) : [];
  const where =
    tiers.length > 0
      ? `waiting in delay queues of ${tiers.map(formatDuration).join(', ')}`
      : 'each a new message that is due after its wait';
  return ok({
    value: {
      maxAttempts,
      ...retrySettings(retry),
      tiers: tiers.map((delayMs) => ({ delayMs, queue: retryQueueId(queue, delayMs) })),
    },
    reason:
      maxAttempts === 1
        ? `${policy}: one attempt, then the dead-letter queue`
        : `${policy}: ${maxAttempts} attempts, ${where}`,
  });
}
