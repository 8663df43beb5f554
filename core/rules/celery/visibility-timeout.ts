import { sources } from '../../kinds/sources.ts';
import { defineRule } from '../../review/rule.ts';
import { consumerOn } from '../../review/support/endpoints.ts';
import { durationOf } from '../../review/support/work.ts';
import { formatDuration } from '../../units.ts';
import { z } from '../../zod.ts';

/** Milliseconds by transport; RabbitMQ has no visibility timeout. */
const STANDARD = { redis: 3_600_000, sqs: 1_800_000 } as const;

const standard = { margin: 1.5 };

export const visibilityTimeout = defineRule({
  id: 'celery/visibility-timeout',
  meta: {
    severity: 'error',
    brokers: ['celery'],
    fix: 'auto',
    title: 'Celery tasks end before their visibility timeout',
    docs: {
      what: 'On Redis and SQS the `visibilityTimeout` of a task (1 h and 30 min where it is missing) must be longer than `prefetchMultiplier` × `timeLimit`, or × `processing.p99` where there is no time limit: a reserved task waits while the timeout is running. Without either, or without the `transport` of the broker, the answer is unknown. The generated worker sets the timeout in all three places that Celery reads it from: broker, result backend and app.',
      why: 'A task that outlasts the timeout is delivered to a second worker while the first still runs, an hour later to a third, and so on: the longest tasks, which cost the most, run several times at once, and acknowledging the first ends none of the others.',
    },
    sources: [
      sources.celeryRedis,
      'https://docs.celeryq.dev/en/stable/getting-started/backends-and-brokers/sqs.html',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      margin: z
        .number()
        .min(1.1)
        .default(standard.margin)
        .describe('How many times the longest time of a task the fix makes of the visibility timeout.'),
    }),
  messages: {
    short: {
      message:
        'Task {consumer} may be held for {needed} ({multiplier} × {time}), and {transport} delivers it again after {visibility}.',
      consequence: 'A second worker runs the task while the first is still at it.',
    },
  },
  needs: ['brokers.transport', 'consumers.processing'],
  each: {
    consumers({ graph, design, options, report, unknown, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'celery', consumer);
      if (!endpoint) return;
      const { id, at, value, broker, channel } = endpoint;
      const transport = design.brokers.get(broker.transport ?? '')?.kind;
      if (transport === undefined) {
        unknown({ at: `brokers/${channel.value.broker}`, attribute: 'brokers.transport' });
        return;
      }
      const { timeLimit, prefetchMultiplier: multiplier = 1, visibilityTimeout: stated } = value.celery ?? {};
      if ((transport !== 'redis' && transport !== 'sqs') || multiplier === 0) return;
      const time = durationOf(timeLimit ?? value.processing?.p99);
      if (time === undefined) {
        unknown({ at, attribute: 'consumers.processing' });
        return;
      }
      const visibility = durationOf(stated) ?? STANDARD[transport];
      const needed = multiplier * time;
      if (needed < visibility) {
        if (stated === undefined) passByDefault({ at, attribute: 'consumers.celery.visibilityTimeout' });
        return;
      }
      const fixed = formatDuration(Math.ceil((needed * options.margin) / 60_000) * 60_000);
      report({
        at,
        field: 'celery.visibilityTimeout',
        messageId: 'short',
        data: {
          consumer: id,
          needed: formatDuration(needed),
          multiplier,
          time: formatDuration(time),
          transport: transport === 'redis' ? 'Redis' : 'SQS',
          visibility: formatDuration(visibility),
        },
        fix: {
          label: `Hide tasks for ${fixed}`,
          patches: () => [
            { op: 'set', path: ['consumers', id, 'celery', 'visibilityTimeout'], value: fixed },
          ],
        },
      });
    },
  },
});
