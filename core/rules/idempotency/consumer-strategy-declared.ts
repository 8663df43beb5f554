import type { Consumer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import type { Patch } from '../../text/patch.ts';

export const consumerStrategyDeclared = defineRule({
  id: 'idempotency/consumer-strategy-declared',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'Consumers with side effects bear a second delivery',
    docs: {
      what: 'A consumer that changes something outside itself (`sideEffects`, `externalCalls`) on an at-least-once flow needs an idempotency strategy. `sideEffects: []` states that there is nothing to repeat; where `sideEffects` is missing the answer is unknown.',
      why: 'Every broker delivers some messages twice: after a crash between effect and acknowledgement, a cut connection, a rebalance, a publisher that retries. Without a strategy the customer is charged twice.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/reliability',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues-at-least-once-delivery.html',
    ],
  },
  options: noOptions,
  messages: {
    missing: {
      message:
        'Consumer {consumer} repeats its side effects ({effects}) at a second delivery: it states no idempotency strategy.',
      consequence: 'A redelivery after a crash or a cut connection carries out the effect twice.',
    },
    none: {
      message:
        'Consumer {consumer} repeats its side effects ({effects}) at a second delivery: its idempotency strategy is none.',
      consequence: 'A redelivery after a crash or a cut connection carries out the effect twice.',
    },
  },
  needs: ['consumers.sideEffects'],
  each: {
    consumers({ graph, report, unknown }, consumer) {
      const { id, value } = consumer;
      const strategy = graph.idempotencyOf(consumer)?.strategy;
      if ((strategy !== undefined && strategy !== 'none') || isAtMostOnce(graph, consumer)) return;
      // A name that leads nowhere is reported as such.
      if (typeof value.idempotency === 'string' && !graph.idempotencyOf(consumer)) return;
      const effects = [...(value.sideEffects ?? []), ...(value.externalCalls ?? []).map(({ name }) => name)];
      if (effects.length === 0) {
        if (value.sideEffects === undefined)
          unknown({ at: `consumers/${id}`, attribute: 'consumers.sideEffects' });
        return;
      }
      report({
        at: `consumers/${id}`,
        field: 'idempotency',
        messageId: strategy ?? 'missing',
        data: { consumer: id, effects: listed(effects) },
        fix: {
          label: 'Remember processed messages in a key store',
          patches: () => [strategyPatch(consumer)],
        },
      });
    },
  },
});

/** Whether every flow to the consumer states that a message may be lost but not repeated. */
function isAtMostOnce(graph: Graph, { id }: Named<Consumer>): boolean {
  const flows = graph.flowsOf(`consumers/${id}`);
  return flows.length > 0 && flows.every(({ value }) => value.delivery === 'at-most-once');
}

/** A policy that is written in the consumer keeps its other attributes; one that others may share is left alone. */
function strategyPatch({ id, value }: Named<Consumer>): Patch {
  return typeof value.idempotency === 'object'
    ? { op: 'set', path: ['consumers', id, 'idempotency', 'strategy'], value: 'key-store' }
    : { op: 'set', path: ['consumers', id, 'idempotency'], value: 'standard' };
}
