import { addressOf, type Consumer, type Flow, type Producer } from '../../core/design/design.ts';
import type { Named } from '../../core/design/graph.ts';
import type { Context } from '../context.ts';
import type { Decision, ProducerPlan } from '../endpoint.ts';

export interface OrderingPlan {
  readonly mode: Decision<'none' | 'per-key' | 'total'>;
  readonly key: string | undefined;
}

const STRENGTH = ['none', 'per-key', 'total'] as const;

/** The strictest order that the flows through a consumer ask for. */
export function planOrdering({ graph }: Context, consumer: Named<Consumer>): OrderingPlan {
  const strictest = strictestOf(graph.flowsOf(addressOf('consumers', consumer.id)));
  const value = strictest?.value.ordering ?? 'none';
  if (!strictest || value === 'none') return { mode: { value: 'none', reason: '' }, key: undefined };
  return {
    mode: { value, reason: `the flow ${strictest.id} relies on the order` },
    key: value === 'per-key' ? strictest.value.orderingKey : undefined,
  };
}

export interface SendOrder {
  readonly ordered: ProducerPlan['ordered'];
  /** JSON pointer to the key whose messages keep their order; `undefined` for the aggregate id. */
  readonly key: string | undefined;
}

/** What a producer must not have under way at once, by the strictest of its flows: two messages of a key, or any two. */
export function planSendOrder(
  context: Context,
  producer: Named<Producer>,
  messages: readonly string[],
): SendOrder {
  const { ordering = 'none', orderingKey } =
    strictestOf(context.graph.flowsOf(addressOf('producers', producer.id)))?.value ?? {};
  if (ordering === 'none') return { ordered: false, key: undefined };
  const needsNoKey = ordering === 'total' || isAggregateId(context, messages, orderingKey);
  return { ordered: ordering, key: needsNoKey ? undefined : orderingKey };
}

/** Whether a key is what the library takes by itself. */
export const isAggregateId = (
  { design }: Context,
  messages: readonly string[],
  pointer: string | undefined,
): boolean => messages.every((message) => design.messages.get(message)?.aggregateIdPath === pointer);

const strictestOf = (flows: readonly Named<Flow>[]): Named<Flow> | undefined =>
  [...flows].sort((a, b) => strength(b.value.ordering) - strength(a.value.ordering))[0];

const strength = (ordering: (typeof STRENGTH)[number] | undefined): number =>
  STRENGTH.indexOf(ordering ?? 'none');
