import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { consumerOn } from '../../review/support/endpoints.ts';

export const noDlqByDefault = defineRule({
  id: 'celery/no-dlq-by-default',
  meta: {
    severity: 'error',
    brokers: ['celery'],
    fix: 'auto',
    title: 'Celery tasks that fail for good are kept',
    docs: {
      what: 'A Celery task must not have `acksOnFailure: true`, which is the default of Celery. A missing value passes, since the generated task is not acknowledged when it fails: it is rejected on RabbitMQ, and on Redis and SQS, which have no dead-letter exchange, its wrapper publishes the dead letter before it acknowledges. A missing dead-letter destination is reported by dlq/required.',
      why: 'Celery acknowledges a task that has failed or run out of time like one that has succeeded. After the last retry the message is gone: there is nothing to look at, nothing to replay, and the only trace is a line in the log of a worker.',
    },
    sources: [sources.celeryConfiguration, sources.celeryTasks],
  },
  options: noOptions,
  messages: {
    acknowledged: {
      message:
        'Task {consumer} is acknowledged when it fails for good or runs out of time (acksOnFailure: true).',
      consequence: 'The task is gone after its last attempt and can be neither examined nor replayed.',
    },
  },
  needs: [],
  each: {
    consumers({ graph, report, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'celery', consumer);
      if (!endpoint) return;
      const { id, at, value } = endpoint;
      const acksOnFailure = value.celery?.acksOnFailure;
      if (acksOnFailure === undefined) passByDefault({ at, attribute: 'consumers.celery.acksOnFailure' });
      if (acksOnFailure !== true) return;
      report({
        at,
        field: 'celery.acksOnFailure',
        messageId: 'acknowledged',
        data: { consumer: id },
        fix: {
          label: 'Keep tasks that fail',
          patches: () => [{ op: 'set', path: ['consumers', id, 'celery', 'acksOnFailure'], value: false }],
        },
      });
    },
  },
});
