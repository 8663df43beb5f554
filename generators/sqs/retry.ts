import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { retryTiers } from '../../core/design/policies.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { formatDuration } from '../../core/units.ts';
import type { Context } from '../context.ts';
import type { Decision, RetryPlan } from '../endpoint.ts';
import { unsupported } from '../kit/problems.ts';
import { resolveRetry, retrySettings } from '../services/retry.ts';

/**
 * Retries of a consumer. A message that failed goes back to its own queue as a copy that stays hidden until its next
 * attempt, and carries how often it has failed. A FIFO queue hides no single message: there it is repeated in place, and
 * its group waits.
 */
export function planRetry(
  { design, graph }: Context,
  consumer: Named<Consumer>,
  queue: { readonly name: string; readonly fifo: boolean },
  ordered: boolean,
): Result<Decision<RetryPlan<{ readonly queue: string }>>> {
  const at = addressOf('consumers', consumer.id);
  const channel = graph.channel(consumer.value.channel);
  const inherited = channel?.section === 'queues' ? channel.value.retry : undefined;
  const resolved = resolveRetry(design, at, consumer.value.retry ?? inherited);
  if (!resolved.ok) return resolved;
  const { retry, shape, policy } = resolved.value;
  const mode = shape?.mode ?? (queue.fifo || ordered ? 'in-process' : 'visibility');
  if (mode !== 'visibility' && mode !== 'in-process')
    return fail([
      unsupported(at, `retries of the mode ${mode} do not exist on SQS.`, 'Use visibility or in-process.'),
    ]);
  const deadLetters = consumer.value.onError === 'dead-letter';
  const maxAttempts = deadLetters ? 1 : Math.max(1, retry.maxAttempts);
  const inPlace = queue.fifo || ordered || mode === 'in-process';
  const tiers = maxAttempts === 1 || inPlace ? [] : retryTiers(retry);
  const where = inPlace
    ? `repeated in place${queue.fifo ? ', while its group waits' : ''}`
    : `hidden in its queue for ${tiers.map(formatDuration).join(', ')}`;
  return ok({
    value: {
      maxAttempts,
      ...retrySettings(retry),
      tiers: tiers.map((delayMs) => ({ delayMs, queue: queue.name })),
    },
    reason:
      maxAttempts === 1
        ? `${policy}: one attempt, then the dead-letter queue`
        : `${policy}: ${maxAttempts} attempts, ${where}`,
  });
}
