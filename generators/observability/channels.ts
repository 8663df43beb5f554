import type { PlannedBroker } from '../broker.ts';
import type { ConsumerPlan } from '../endpoint.ts';

/** Name of what a consumer reads, on its broker: the messaging library labels its metrics with it. */
function sourceName(plan: ConsumerPlan): string {
  if ('topic' in plan) return plan.topic;
  return plan.source?.stream ?? plan.queue;
}

/** The consumers that read a channel, by its name on the broker. */
export const consumersReading = ({ access }: PlannedBroker, channel: string): readonly ConsumerPlan[] =>
  [...access.consumers.values()].filter((plan) => sourceName(plan) === channel);
