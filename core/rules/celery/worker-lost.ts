import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { consumerOn } from '../../review/support/endpoints.ts';

export const workerLost = defineRule({
  id: 'celery/worker-lost',
  meta: {
    severity: 'warn',
    brokers: ['celery'],
    fix: 'suggest',
    title: 'A task survives the loss of its worker process',
    docs: {
      what: 'A Celery task with `acksLate` needs `rejectOnWorkerLost` as well. Missing values pass, since the generated task has both, and gives a task up after `maxRedeliveries` (50 by default), which ends the loop of a task that kills each of its workers.',
      why: 'Even with late acknowledgement Celery acknowledges a task whose process was killed, as by the out-of-memory killer: the task is gone without an error. With the requeue and without a limit, a task that needs too much memory kills one worker process after another.',
    },
    sources: [sources.celeryConfiguration, sources.celeryTasks],
  },
  options: noOptions,
  messages: {
    lost: {
      message:
        'Task {consumer} is acknowledged when its worker process is killed (rejectOnWorkerLost: false).',
      consequence: 'A task in work is lost when the process runs out of memory.',
    },
  },
  needs: [],
  each: {
    consumers({ graph, report, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'celery', consumer);
      if (!endpoint) return;
      const { id, at, value } = endpoint;
      const { acksLate, rejectOnWorkerLost, maxRedeliveries } = value.celery ?? {};
      if (acksLate === false) return;
      if (rejectOnWorkerLost === false) {
        report({
          at,
          field: 'celery.rejectOnWorkerLost',
          messageId: 'lost',
          data: { consumer: id },
          fix: {
            label: 'Return the task to the queue',
            patches: () => [
              { op: 'set', path: ['consumers', id, 'celery', 'rejectOnWorkerLost'], value: true },
            ],
          },
        });
        return;
      }
      if (rejectOnWorkerLost === undefined)
        passByDefault({ at, attribute: 'consumers.celery.rejectOnWorkerLost' });
      if (maxRedeliveries === undefined) passByDefault({ at, attribute: 'consumers.celery.maxRedeliveries' });
    },
  },
});
