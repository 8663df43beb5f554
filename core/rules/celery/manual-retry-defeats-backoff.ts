import { defineRule, noOptions } from '../../review/rule.ts';
import { consumerOn } from '../../review/support/endpoints.ts';
import type { Patch } from '../../text/patch.ts';

export const manualRetryDefeatsBackoff = defineRule({
  id: 'celery/manual-retry-defeats-backoff',
  meta: {
    severity: 'error',
    brokers: ['celery'],
    fix: 'auto',
    title: 'One place decides when a Celery task is tried again',
    docs: {
      what: 'A Celery task that lists exceptions in `autoretryFor` must not call `self.retry` itself (`manualRetry: true`). A missing `manualRetry` passes: the generated task leaves retries to its wrapper.',
      why: 'The wrapper of `autoretry_for` lets a Retry that the task has raised pass as it is. The back-off, the jitter and the cap that somebody configured never apply: every error, also one that can never succeed, is tried again after a fixed minute, all tasks at once.',
    },
    sources: [
      'https://github.com/celery/celery/blob/5dc781f0bd5f36186bfcc74e0a4f9f654452c69b/celery/app/autoretry.py',
      'https://docs.celeryq.dev/en/stable/userguide/tasks.html#automatic-retry-for-known-exceptions',
    ],
  },
  options: noOptions,
  messages: {
    defeated: {
      message:
        'Task {consumer} retries {exceptions} automatically and also calls self.retry itself (manualRetry: true).',
      consequence:
        'Back-off, jitter and cap never apply: whatever fails comes back after the same fixed delay.',
    },
  },
  needs: [],
  each: {
    consumers({ graph, report, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'celery', consumer);
      const { autoretryFor = [], manualRetry } = endpoint?.value.celery ?? {};
      if (!endpoint || autoretryFor.length === 0) return;
      const { id, at } = endpoint;
      if (manualRetry === undefined) passByDefault({ at, attribute: 'consumers.celery.manualRetry' });
      if (!manualRetry) return;
      const patch: Patch = { op: 'set', path: ['consumers', id, 'celery', 'manualRetry'], value: false };
      report({
        at,
        field: 'celery.manualRetry',
        messageId: 'defeated',
        data: { consumer: id, exceptions: autoretryFor.join(', ') },
        fix: { label: 'Leave retries to autoretryFor', patches: () => [patch] },
      });
    },
  },
});
