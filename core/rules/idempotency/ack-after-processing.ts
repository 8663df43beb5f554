import { isLossTolerant } from '../../review/criticality.ts';
import { defineRule, noOptions } from '../../review/rule.ts';

export const ackAfterProcessing = defineRule({
  id: 'idempotency/ack-after-processing',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'auto',
    title: 'Messages are acknowledged after the effect',
    docs: {
      what: 'A consumer must acknowledge after its handler has finished. `ack: before` and `ack: auto` are accepted only where every flow to the consumer is marked `criticality: lossTolerant`. A missing `ack` passes, since the generated consumer acknowledges after the handler.',
      why: 'The broker forgets a message the moment it is acknowledged. A process that is killed during a deploy then loses every message it holds: with a prefetch of 100 that is up to a hundred orders.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/confirms#consumer-acknowledgements',
      'https://www.rabbitmq.com/docs/consumers#acknowledgement-modes',
    ],
  },
  options: noOptions,
  messages: {
    before: {
      message: 'Consumer {consumer} acknowledges a message before it has processed it.',
      consequence: 'Messages in work are lost whenever the process dies, and nothing redelivers them.',
    },
    auto: {
      message: 'Consumer {consumer} leaves the acknowledgement to the broker, which gives it at delivery.',
      consequence: 'Messages in work or in the client buffer are lost whenever the process dies.',
    },
  },
  needs: [],
  each: {
    consumers({ graph, report, passByDefault }, { id, value: { ack } }) {
      const at = `consumers/${id}` as const;
      if (ack === undefined) passByDefault({ at, attribute: 'consumers.ack' });
      if (ack === undefined || ack === 'after' || isLossTolerant(graph, at)) return;
      report({
        at,
        field: 'ack',
        messageId: ack,
        data: { consumer: id },
        fix: {
          label: 'Acknowledge after the handler',
          patches: () => [{ op: 'set', path: ['consumers', id, 'ack'], value: 'after' }],
        },
      });
    },
  },
});
