import type { PlannedBroker } from '../broker.ts';
import type { ChannelPlan, ConsumerPlan } from '../endpoint.ts';

/** Name of a queue or topic on its broker. */
export const nameOfPlan = (channel: ChannelPlan): string =>
  'queue' in channel ? channel.queue : channel.topic;

/** The consumers that read a channel, by its name on the broker. */
export const consumersReading = ({ access }: PlannedBroker, channel: string): readonly ConsumerPlan[] =>
  [...access.consumers.values()].filter((plan) => nameOfPlan(plan) === channel);
