import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { retryQueueId, retryTiers } from '../../core/design/policies.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { formatDuration } from '../../core/units.ts';
import type { Context } from '../context.ts';
import type { Decision, RetryPlan } from '../endpoint.ts';
import { unsupported } from '../kit/problems.ts';
import { resolveRetry, retrySettings } from '../services/retry.ts';

/**
 * Retries of a consumer. They wait in delay queues, so that a worker is free meanwhile; where the order of messages
 * counts they are repeated in place, since a message that leaves its queue is overtaken.
 * @param base first part of the names of the delay queues
 */
export function planRetry(
  { design, graph }: Context,
  consumer: Named<Consumer>,
  base: string,
  ordered: boolean,
): Result<Decision<RetryPlan<{ readonly queue: string }>>> {
  const at = addressOf('consumers', consumer.id);
  const channel = graph.channel(consumer.value.channel);
  const inherited = channel?.section === 'queues' ? channel.value.retry : undefined;
  const written = consumer.value.retry ?? inherited;
  const resolved = resolveRetry(design, at, written);
  if (!resolved.ok) return resolved;
  const { retry, shape, policy } = resolved.value;
  const mode = consumer.value.onError === 'dead-letter' ? 'none' : (shape?.mode ?? 'delayed-queue');
  const modes = ['none', 'delayed-queue', 'delayed-retry', 'in-process'];
  // What a retry topic is elsewhere, are delay queues of the consumer's own for one that reads a stream.
  if (![...modes, ...(channel?.section === 'streams' ? ['retry-topic'] : [])].includes(mode))
    return fail([
      unsupported(
        at,
        `retries of the mode ${mode} do not exist on RabbitMQ.`,
        'Use delayed-queue or in-process.',
      ),
    ]);
  const maxAttempts = mode === 'none' ? 1 : Math.max(1, retry.maxAttempts);
  const inPlace = ordered || mode === 'in-process';
  const tiers = maxAttempts === 1 || inPlace ? [] : retryTiers(retry);
  return ok({
    value: {
      maxAttempts,
      ...retrySettings(retry),
      tiers: tiers.map((delayMs) => ({ delayMs, queue: retryQueueId(base, delayMs) })),
    },
    reason: reasonOf(policy, maxAttempts, inPlace, tiers),
  });
}

function reasonOf(policy: string, attempts: number, inPlace: boolean, tiers: readonly number[]): string {
  if (attempts === 1) return `${policy}: one attempt, then the dead-letter queue`;
  const where = inPlace
    ? 'repeated in place, which keeps the order'
    : `waiting in delay queues of ${tiers.map(formatDuration).join(', ')}`;
  return `${policy}: ${attempts} attempts, ${where}`;
}
