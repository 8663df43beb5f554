import type { Consumer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { question } from '../../review/incremental/observed.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { consumersAtEnd } from '../../review/support/flows.ts';

export const exactlyOnceClaim = defineRule({
  id: 'idempotency/exactly-once-claim',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'auto',
    title: 'Exactly once is claimed only where it exists',
    docs: {
      what: 'A flow with `delivery: exactly-once` must read from Kafka and write (`sink.kind: kafka`) to the same Kafka cluster in a transaction, with a producer of the same service that has a `transactionalId`. Everywhere else the truth is `effectively-once`: delivered at least once, with idempotent consumers. Where a consumer of Kafka does not state its sink, the answer is unknown.',
      why: 'Kafka makes reads, writes and offsets one transaction, and nothing outside Kafka takes part in it. A team that relies on the claim writes no idempotent handler, and the first crash between a database commit and an acknowledgement repeats the effect.',
    },
    sources: [
      'https://kafka.apache.org/documentation/#semantics',
      'https://github.com/apache/kafka/blob/1eb7644349cb07139d6a3c1ad1986979647cac99/docs/design.html',
    ],
  },
  options: noOptions,
  messages: {
    broker: {
      message:
        'Flow {flow} claims exactly-once delivery to {consumer}, which reads from {channel} outside Kafka.',
      consequence:
        'After a crash between effect and acknowledgement the message comes again, and nobody expects it.',
    },
    sink: {
      message: 'Flow {flow} claims exactly-once delivery to {consumer}, whose effect goes to {sink}.',
      consequence:
        'The effect and the offset are not committed together: after a crash the effect is repeated.',
    },
    transaction: {
      message:
        'Flow {flow} claims exactly-once delivery to {consumer}, whose service has no transactional producer on {channel}.',
      consequence: 'Records and offsets are not committed together: after a crash records are written twice.',
    },
  },
  needs: ['consumers.sink'],
  each: {
    flows({ graph, report, unknown }, { id, value: flow }) {
      if (flow.delivery !== 'exactly-once') return;
      const at = { at: `flows/${id}`, field: 'delivery' } as const;
      const fix = {
        label: 'Claim effectively-once delivery',
        patches: () => [{ op: 'set' as const, path: ['flows', id, 'delivery'], value: 'effectively-once' }],
      };
      for (const consumer of consumersAtEnd(graph, flow)) {
        const channel = graph.channel(consumer.value.channel);
        if (!channel) continue;
        const data = { flow: id, consumer: consumer.id, channel: channel.id };
        const sink = consumer.value.sink?.kind;
        if (graph.brokerKindOf(channel) !== 'kafka') {
          report({ ...at, messageId: 'broker', data, fix });
        } else if (sink === undefined) {
          unknown({ at: `consumers/${consumer.id}`, attribute: 'consumers.sink' });
        } else if (sink !== 'kafka') {
          report({ ...at, messageId: 'sink', data: { ...data, sink }, fix });
        } else if (!hasTransaction(graph, consumer, channel.value.broker)) {
          report({ ...at, messageId: 'transaction', data: { ...data, channel: channel.value.broker }, fix });
        }
      }
    },
  },
});

/** Whether the service of a consumer also publishes to the broker in transactions. */
const hasTransaction = question((graph: Graph, consumer: Named<Consumer>, broker: string): boolean =>
  [...graph.design.producers].some(
    ([id, value]) =>
      value.transactionalId !== undefined &&
      graph.channel(value.channel)?.value.broker === broker &&
      graph.serviceOf({ id, value }) === graph.serviceOf(consumer),
  ),
);
