import type { Consumer } from '../../core/design/design.ts';
import { parseDuration } from '../../core/units.ts';

export interface TimeLimits {
  readonly softMs: number;
  readonly hardMs: number;
}

/** Time limits as far as they are written; `undefined` where none is. What is missing is a tenth away from the other. */
export function timeLimitsOf(celery: Consumer['celery']): TimeLimits | undefined {
  const hard = parseDuration(celery?.timeLimit ?? '');
  const soft = parseDuration(celery?.softTimeLimit ?? '');
  if (hard === undefined && soft === undefined) return undefined;
  return {
    hardMs: hard ?? Math.ceil((soft ?? 0) * 1.1) + 1_000,
    softMs: soft ?? Math.floor((hard ?? 0) * 0.9),
  };
}
