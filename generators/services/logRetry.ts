import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { logRetryModeOf, retryTiers } from '../../core/design/policies.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { formatDuration } from '../../core/units.ts';
import type { Context } from '../context.ts';
import type { Decision, RetryPlan } from '../endpoint.ts';
import { unsupported } from '../kit/problems.ts';
import { resolveRetry, retrySettings } from './retry.ts';

/** How the logs of one broker retry, and what they call things. */
interface LogRetries {
  readonly label: string;
  /** Such as `topic`. */
  readonly channel: string;
  /** Such as `records`. */
  readonly messages: string;
  /** Where a message waits in its place; the end of a reason. */
  readonly inPlace: string;
  /** Where it waits aside, for the times given; the end of a reason. */
  aside(delays: string): string;
  /** In what it waits for one of its delays. */
  tier(retryTopic: string, delayMs: number, delays: number): string;
}

/**
 * Retries of a consumer of a log. A message that failed waits aside, in a channel of the consumer's own, so that others
 * flow; where their order counts it is repeated in place, since one that leaves its partition is overtaken.
 */
export const logRetries =
  ({ label, channel, messages, inPlace, aside, tier }: LogRetries) =>
  (
    { design }: Context,
    consumer: Named<Consumer>,
    retryTopic: string,
    ordered: boolean,
  ): Result<Decision<RetryPlan<{ readonly topic: string }>>> => {
    const at = addressOf('consumers', consumer.id);
    const written = consumer.value.retry;
    const resolved = resolveRetry(design, at, written);
    if (!resolved.ok) return resolved;
    const { retry, shape, policy } = resolved.value;
    if (shape?.mode !== undefined && shape.mode !== 'in-process' && shape.mode !== 'retry-topic')
      return fail([
        unsupported(
          at,
          `retries of the mode ${shape.mode} do not exist on ${label}.`,
          'Use retry-topic or in-process.',
        ),
      ]);
    const mode = logRetryModeOf(design, { ...consumer.value, retry: written ?? 'standard' }, ordered);
    if (mode === 'retry-topic' && ordered)
      return fail([
        unsupported(
          at,
          `a retry ${channel} would let later ${messages} of a key overtake the one that failed, and a flow relies on their order.`,
          'Use the mode in-process.',
        ),
      ]);
    const maxAttempts = Math.max(1, retry.maxAttempts);
    const delays = mode === 'retry-topic' ? retryTiers(retry) : [];
    const where = delays.length === 0 ? inPlace : aside(delays.map(formatDuration).join(', '));
    return ok({
      value: {
        maxAttempts,
        ...retrySettings(retry),
        tiers: delays.map((delayMs) => ({ delayMs, topic: tier(retryTopic, delayMs, delays.length) })),
      },
      reason:
        maxAttempts === 1
          ? `${policy}: one attempt, then the dead-letter ${channel}`
          : `${policy}: ${maxAttempts} attempts, ${where}`,
    });
  };
