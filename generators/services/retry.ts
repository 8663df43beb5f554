import type { Consumer, Design, ElementAddress } from '../../core/design/design.ts';
import { type EffectiveRetry, retryOf } from '../../core/design/policies.ts';
import type { RetryShape } from '../../core/kinds/shared.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { unresolved, unsupported } from '../kit/problems.ts';

/** A retry policy that can be generated, before a broker has decided where a failed message waits. */
export interface ResolvedRetry {
  readonly retry: EffectiveRetry;
  /** As the design writes it; `undefined` where a built-in policy or the default stands for it. */
  readonly shape: RetryShape | undefined;
  /** What to call it in a reason. */
  readonly policy: string;
}

/** The policy that `written` names or holds: the standard one when nothing is written. */
export function resolveRetry(
  design: Design,
  at: ElementAddress,
  written: Consumer['retry'],
): Result<ResolvedRetry> {
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
  return ok({ retry, shape, policy: policyName(written) });
}

function policyName(written: Consumer['retry']): string {
  if (written === undefined) return 'standard, by default';
  return typeof written === 'string' ? written : 'as the design describes it';
}

/** The part of a plan that is the same wherever a failed message waits. */
export const retrySettings = ({ backoff, baseDelay, maxDelay, jitter, nonRetryable }: EffectiveRetry) => ({
  backoff,
  baseDelayMs: baseDelay,
  maxDelayMs: maxDelay,
  jitter,
  nonRetryable,
});
