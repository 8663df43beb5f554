import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { consumerOn } from '../../review/support/endpoints.ts';
import { isAtLeast, versionOf } from '../../review/support/versions.ts';

export const nackRequeueLoop = defineRule({
  id: 'rabbitmq/nack-requeue-loop',
  meta: {
    severity: 'error',
    brokers: ['rabbitmq'],
    fix: 'auto',
    title: 'A failed message does not return at once without end',
    docs: {
      what: 'A consumer must not answer a failure with a requeue that nothing counts. Classic queues count neither `nack-requeue` nor `reject-requeue`. Quorum queues count both up to 4.2; from 4.3 `basic.nack` says that the message was not processed and leaves its delivery count alone, while `basic.reject` says that processing failed and counts. The version is that of the broker, or 4.3 where it is missing. A missing `onError` passes, since the generated consumer retries through delay queues.',
      why: 'The message returns to the head of the queue and is delivered again within a millisecond. A handful of poison messages keeps every worker and the broker busy, and the work behind them waits; no delivery limit ever ends it.',
    },
    sources: ['https://www.rabbitmq.com/docs/4.3/nack', sources.rabbitQuorum],
  },
  options: noOptions,
  messages: {
    classic: {
      message:
        'Consumer {consumer} requeues what fails (onError: {onError}) on the classic queue {queue}, which counts no deliveries.',
      consequence: 'A message that always fails is delivered again at once, for ever.',
    },
    uncounted: {
      message:
        'Consumer {consumer} requeues what fails with basic.nack on queue {queue}, which RabbitMQ {version} does not count as a delivery.',
      consequence: 'The delivery limit is never reached: a message that always fails circles for ever.',
    },
  },
  needs: [],
  each: {
    consumers({ graph, report, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'rabbitmq', consumer);
      if (!endpoint) return;
      const { id, value, at, channel, broker } = endpoint;
      if (channel.section !== 'queues') return;
      const { onError } = value;
      if (onError === undefined) passByDefault({ at, attribute: 'consumers.onError' });
      if (onError !== 'nack-requeue' && onError !== 'reject-requeue') return;
      const isClassic = channel.value.type === 'classic';
      if (!isClassic && (onError === 'reject-requeue' || !isAtLeast(broker, 4, 3))) return;
      const data = { consumer: id, queue: channel.id, onError, version: versionOf(broker) };
      report({
        at,
        field: 'onError',
        messageId: isClassic ? 'classic' : 'uncounted',
        data,
        fix: {
          label: 'Retry through delay queues, then dead-letter',
          patches: () => [{ op: 'set', path: ['consumers', id, 'onError'], value: 'delayed-retry' }],
        },
      });
    },
  },
});
