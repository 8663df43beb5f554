import { addressOf, type Consumer, type Producer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import type { Context } from '../context.ts';
import type { Decision } from '../endpoint.ts';

export interface OrderingPlan {
  readonly mode: Decision<'none' | 'per-key' | 'total'>;
  readonly key: string | undefined;
}

const STRENGTH = ['none', 'per-key', 'total'] as const;

/** The strictest order that the flows through a consumer ask for. */
export function planOrdering({ graph }: Context, consumer: Named<Consumer>): OrderingPlan {
  const flows = graph.flowsOf(addressOf('consumers', consumer.id));
  const strictest = [...flows].sort((a, b) => strength(b.value.ordering) - strength(a.value.ordering))[0];
  const value = strictest?.value.ordering ?? 'none';
  if (!strictest || value === 'none') return { mode: { value: 'none', reason: '' }, key: undefined };
  return {
    mode: { value, reason: `the flow ${strictest.id} relies on the order` },
    key: value === 'per-key' ? strictest.value.orderingKey : undefined,
  };
}

/** Whether a producer must not have two messages of one key under way at once. */
export const isOrdered = ({ graph }: Context, producer: Named<Producer>): boolean =>
  graph.flowsOf(addressOf('producers', producer.id)).some(({ value }) => strength(value.ordering) > 0);

const strength = (ordering: (typeof STRENGTH)[number] | undefined): number =>
  STRENGTH.indexOf(ordering ?? 'none');
