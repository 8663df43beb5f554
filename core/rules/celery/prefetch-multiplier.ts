import type { Broker, Design } from '../../design/design.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule } from '../../review/rule.ts';
import { consumerOn } from '../../review/support/endpoints.ts';
import { isAtLeast } from '../../review/support/versions.ts';
import { durationOf } from '../../review/support/work.ts';
import { z } from '../../zod.ts';

const standard = { slow: 1 };

export const prefetchMultiplier = defineRule({
  id: 'celery/prefetch-multiplier',
  meta: {
    severity: 'warn',
    brokers: ['celery'],
    fix: 'auto',
    title: 'Long tasks do not hold others back',
    docs: {
      what: 'The `prefetchMultiplier` of a Celery task must not be 0 (without limit). For a task whose `processing.p99` is above one second it should be 1, together with `acksLate`: an early acknowledgement makes room for one more task in each process. From Celery 5.6 on Redis `disablePrefetch` reserves none at all. Without `processing.p99` the answer is unknown. A missing multiplier passes, since the generated one is 1; the default of Celery is 4.',
      why: 'A reserved task waits behind the one that its process is working on, while other processes are idle. With tasks of a minute and four of them reserved, the fourth waits three minutes, and on Redis or SQS its visibility timeout is running.',
    },
    sources: [sources.celeryConfiguration, sources.celeryOptimizing],
  },
  standard,
  options: () =>
    z.strictObject({
      slow: z
        .number()
        .positive()
        .default(standard.slow)
        .describe('Processing time in seconds from which a task should hold no others.'),
    }),
  messages: {
    unlimited: {
      message: 'Task {consumer} lets its workers reserve tasks without limit (prefetchMultiplier: 0).',
      consequence:
        'The first worker takes the whole queue; the others are idle, and all of it returns when it stops.',
    },
    many: {
      message: 'Task {consumer} takes up to {p99}, and each of its processes reserves {multiplier} of them.',
      consequence: 'Reserved tasks wait behind a long one while other workers are idle.',
    },
    early: {
      message:
        'Task {consumer} takes up to {p99} and is acknowledged early, so each process reserves one more.',
      consequence: 'The reserved task waits behind a long one, and is lost when the worker is.',
    },
  },
  needs: ['consumers.processing'],
  each: {
    consumers({ graph, design, options, report, unknown, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'celery', consumer);
      if (!endpoint) return;
      const { id, at, value, broker } = endpoint;
      const { prefetchMultiplier: multiplier, acksLate = true, disablePrefetch } = value.celery ?? {};
      const path = ['consumers', id, 'celery', 'prefetchMultiplier'];
      const one = { label: 'Reserve one task', patches: () => [{ op: 'set' as const, path, value: 1 }] };
      const field = 'celery.prefetchMultiplier';
      if (multiplier === 0) {
        report({ at, field, messageId: 'unlimited', data: { consumer: id }, fix: one });
        return;
      }
      if (multiplier === undefined) passByDefault({ at, attribute: 'consumers.celery.prefetchMultiplier' });
      if (disablePrefetch === true || ((multiplier ?? 1) === 1 && acksLate)) return;
      const p99 = durationOf(value.processing?.p99);
      if (p99 === undefined) {
        unknown({ at, attribute: 'consumers.processing' });
        return;
      }
      if (p99 <= options.slow * 1000) return;
      const data = { consumer: id, p99: value.processing?.p99 ?? '', multiplier: multiplier ?? 1 };
      if ((multiplier ?? 1) > 1) report({ at, field, messageId: 'many', data, fix: one });
      else {
        const patches = () => [
          { op: 'set' as const, path: ['consumers', id, 'celery', 'disablePrefetch'], value: true },
        ];
        const fix = canDisable(design, broker) ? { label: 'Reserve no task', patches } : undefined;
        report({ at, field: 'celery.acksLate', messageId: 'early', data, fix });
      }
    },
  },
});

/** https://docs.celeryq.dev/en/stable/userguide/configuration.html#worker-disable-prefetch */
const canDisable = (design: Design, broker: Broker): boolean =>
  isAtLeast(broker, 5, 6) && design.brokers.get(broker.transport ?? '')?.kind === 'redis';
