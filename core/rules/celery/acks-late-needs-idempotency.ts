import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { consumerOn } from '../../review/support/endpoints.ts';

export const acksLateNeedsIdempotency = defineRule({
  id: 'celery/acks-late-needs-idempotency',
  meta: {
    severity: 'error',
    brokers: ['celery'],
    fix: 'none',
    title: 'Tasks that are acknowledged late can run twice',
    docs: {
      what: 'A Celery task with `acksLate` (which the generated task has unless it says otherwise) and with `sideEffects` needs an idempotency strategy. Where `sideEffects` is missing and no strategy is stated, the answer is unknown.',
      why: 'With late acknowledgement the broker delivers the task again whenever the worker is lost, the connection breaks or the visibility timeout ends, also after the effect has happened. Celery says itself that only idempotent tasks may be acknowledged late; others charge the card twice.',
    },
    sources: [sources.celeryTasks],
  },
  options: noOptions,
  messages: {
    repeated: {
      message:
        'Task {consumer} is acknowledged after it has run, and nothing keeps a second run from repeating {effects}.',
      consequence:
        'A worker that is lost, or a task that outlasts the visibility timeout, carries out the effect twice.',
    },
  },
  needs: ['consumers.sideEffects'],
  each: {
    consumers({ graph, report, unknown, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'celery', consumer);
      if (!endpoint || endpoint.value.celery?.acksLate === false) return;
      const { id, at, value } = endpoint;
      const strategy = graph.idempotencyOf(consumer)?.strategy ?? 'none';
      if (strategy !== 'none') {
        if (value.celery?.acksLate === undefined)
          passByDefault({ at, attribute: 'consumers.celery.acksLate' });
        return;
      }
      const effects = [...(value.sideEffects ?? []), ...(value.externalCalls ?? []).map(({ name }) => name)];
      if (effects.length > 0) {
        const data = { consumer: id, effects: listed(effects) };
        report({ at, field: 'idempotency', messageId: 'repeated', data });
      } else if (value.sideEffects === undefined) unknown({ at, attribute: 'consumers.sideEffects' });
    },
  },
});
