import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { logRetryModeOf, retryTiers } from '../../core/design/policies.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { formatDuration } from '../../core/units.ts';
import type { Context } from '../context.ts';
import type { Decision, RetryPlan } from '../endpoint.ts';
import { unsupported } from '../kit/problems.ts';
import { resolveRetry, retrySettings } from '../services/retry.ts';

/**
 * Retries of a consumer. A record that failed waits in the consumer's own retry topic, so that others flow; where the
 * order of records counts it is repeated in place, since a record that leaves its partition is overtaken.
 */
export function planRetry(
  { design }: Context,
  consumer: Named<Consumer>,
  retryTopic: string,
  ordered: boolean,
): Result<Decision<RetryPlan<{ readonly topic: string }>>> {
  const at = addressOf('consumers', consumer.id);
  const written = consumer.value.retry;
  const resolved = resolveRetry(design, at, written);
  if (!resolved.ok) return resolved;
  const { retry, shape, policy } = resolved.value;
  if (shape?.mode !== undefined && shape.mode !== 'in-process' && shape.mode !== 'retry-topic')
    return fail([
      unsupported(
        at,
        `retries of the mode ${shape.mode} do not exist on Kafka.`,
        'Use retry-topic or in-process.',
      ),
    ]);
  const mode = logRetryModeOf(design, { ...consumer.value, retry: written ?? 'standard' }, ordered);
  if (mode === 'retry-topic' && ordered)
    return fail([
      unsupported(
        at,
        'a retry topic would let later records of a key overtake the one that failed, and a flow relies on their order.',
        'Use the mode in-process.',
      ),
    ]);
  const maxAttempts = Math.max(1, retry.maxAttempts);
  const tiers = mode === 'retry-topic' ? retryTiers(retry) : [];
  return ok({
    value: {
      maxAttempts,
      ...retrySettings(retry),
      tiers: tiers.map((delayMs) => ({ delayMs, topic: retryTopic })),
    },
    reason: reasonOf(policy, maxAttempts, tiers),
  });
}

function reasonOf(policy: string, attempts: number, tiers: readonly number[]): string {
  if (attempts === 1) return `${policy}: one attempt, then the dead-letter topic`;
  const where =
    tiers.length === 0
      ? 'repeated in place, which keeps the order'
      : `waiting in the retry topic for ${tiers.map(formatDuration).join(', ')}`;
  return `${policy}: ${attempts} attempts, ${where}`;
}
