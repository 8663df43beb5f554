import type { Problem } from '../../core/result.ts';
import type { PlannedBroker } from '../broker.ts';
import type { Context } from '../context.ts';
import { planAlerts } from './alerts.ts';
import { defaultAlerts, type WatchedService } from './defaults.ts';
import type { AlertRule } from './monitoring.ts';

/** What is watched beyond the brokers' own part. */
export interface ObservabilityPlan {
  /** As the design says. */
  readonly designed: readonly AlertRule[];
  /** What nobody has to ask for. */
  readonly defaults: readonly AlertRule[];
}

export function planObservability(
  context: Context,
  brokers: readonly PlannedBroker[],
  services: readonly WatchedService[],
): { readonly plan: ObservabilityPlan; readonly problems: readonly Problem[] } {
  const { rules, watched, problems } = planAlerts(context, brokers);
  return {
    plan: { designed: rules, defaults: defaultAlerts(context, brokers, services, watched) },
    problems,
  };
}
