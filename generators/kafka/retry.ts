import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { logRetryModeOf, retryOf, retryTiers } from '../../core/design/policies.ts';
import type { RetryShape } from '../../core/kinds/shared.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { formatDuration } from '../../core/units.ts';
import type { Context } from '../context.ts';
import type { Decision, RetryPlan } from '../endpoint.ts';
import { unresolved, unsupported } from '../kit/problems.ts';

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
  const retry = retryOf(design, written ?? 'standard');
  if (!retry)
    return fail([
      unresolved(
        at,
        `its retry policy ${String(written)} does not exist.`,
        'Name a policy of the design, or standard.',
      ),
    ]);
  if (!Number.isFinite(retry.maxAttempts))
    return fail([unsupported(at, 'retries without end are not generated.', 'Give maxAttempts, such as 5.')]);
  const shape = (typeof written === 'string' ? design.retryPolicies.get(written) : written) as
    | RetryShape
    | undefined;
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
      backoff: retry.backoff,
      baseDelayMs: retry.baseDelay,
      maxDelayMs: retry.maxDelay,
      jitter: retry.jitter,
      nonRetryable: retry.nonRetryable,
      tiers: tiers.map((delayMs) => ({ delayMs, topic: retryTopic })),
    },
    reason: reasonOf(written, maxAttempts, tiers),
  });
}

function reasonOf(written: Consumer['retry'], attempts: number, tiers: readonly number[]): string {
  const policy =
    written === undefined
      ? 'standard, by default'
      : typeof written === 'string'
        ? written
        : 'as the design describes it';
  if (attempts === 1) return `${policy}: one attempt, then the dead-letter topic`;
  const where =
    tiers.length === 0
      ? 'repeated in place, which keeps the order'
      : `waiting in the retry topic for ${tiers.map(formatDuration).join(', ')}`;
  return `${policy}: ${attempts} attempts, ${where}`;
}
