import { addressOf, type Consumer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { formatDuration, parseDuration } from '../../core/units.ts';
import type { Decision, QueueConsumerPlan } from '../endpoint.ts';
import { unsupported } from '../kit/problems.ts';
import { timeLimitsOf } from './limits.ts';

/** Celery's own default on Redis: https://docs.celeryq.dev/en/stable/getting-started/backends-and-brokers/redis.html */
export const VISIBILITY = 3_600_000;

/**
 * After which time Redis hands a task out again that is not acknowledged. One for all workers of a broker, since the
 * shortest holds for every task; above whatever a worker may hold a task for.
 */
export function planVisibility(
  consumers: readonly Named<Consumer>[],
  plans: readonly QueueConsumerPlan[],
): Result<Decision<number>> {
  const given = consumers.flatMap(({ id, value }) => {
    const ms = parseDuration(value.celery?.visibilityTimeout ?? '');
    return ms === undefined ? [] : [{ id, ms }];
  });
  const held = Math.max(0, ...consumers.map((consumer) => longestHold(consumer, plans)));
  const problems: Problem[] = [];
  const value = given[0]?.ms ?? Math.max(VISIBILITY, Math.ceil(held * 1.5));
  for (const { id, ms } of given) {
    const at = addressOf('consumers', id);
    if (ms !== value)
      problems.push(
        unsupported(
          at,
          'has another visibilityTimeout than other consumers of this broker, of which the shortest would hold for all.',
          'Write the same one everywhere.',
        ),
      );
    else if (ms <= held)
      problems.push(
        unsupported(
          at,
          `a worker may hold a task for ${formatDuration(held)}, and after ${formatDuration(ms)} it would be handed out once more.`,
          'Give a longer visibilityTimeout, or shorter time limits, delays and eta.',
        ),
      );
  }
  if (problems.length > 0) return fail(problems);
  return ok({
    value,
    reason:
      given.length > 0
        ? 'as the design says'
        : value === VISIBILITY
          ? 'the default of Celery, written down since the shortest of all programs on a Redis holds'
          : 'half as long again as a worker may hold a task',
  });
}

/** In ms: until it is due, or for as long as its handler may take. */
function longestHold({ id, value }: Named<Consumer>, plans: readonly QueueConsumerPlan[]): number {
  const retry = plans.find((plan) => plan.id === id)?.retry.value;
  const waits =
    retry === undefined || retry.tiers.length > 0 || retry.maxAttempts === 1 ? 0 : retry.maxDelayMs;
  const written = timeLimitsOf(value.celery);
  return Math.max(written?.hardMs ?? 0, waits, parseDuration(value.celery?.eta ?? '') ?? 0);
}
