import { sources } from '../../kinds/sources.ts';
import { defineRule } from '../../review/rule.ts';
import { consumerOn } from '../../review/support/endpoints.ts';
import { durationOf } from '../../review/support/work.ts';
import { formatDuration } from '../../units.ts';
import { z } from '../../zod.ts';

const STANDARD = 60_000;

const standard = { times: 2 };

export const pendingReclaim = defineRule({
  id: 'redis/pending-reclaim',
  meta: {
    severity: 'error',
    brokers: ['redis'],
    fix: 'auto',
    title: 'Entries are taken over from the dead, not from the slow',
    docs: {
      what: 'Entries that a consumer has read and not acknowledged are taken over after `reclaim.minIdle` (60 s where it is missing, since the generated consumer always looks for them). That must be at least twice `processing.p99`. Without `processing.p99` the answer is unknown. Consumers with `noack: true` leave nothing to take over.',
      why: 'Redis never delivers an entry again by itself: what a dead consumer held stays on its list for ever, unless somebody claims it with XAUTOCLAIM. Claimed too early, an entry is processed by two at once; under load, when processing is slow, by every instance in turn.',
    },
    sources: [sources.redisReclaim, sources.redisStreams],
  },
  standard,
  options: () =>
    z.strictObject({
      times: z
        .number()
        .min(1)
        .default(standard.times)
        .describe('How many times the slow processing time an entry must be idle before it is taken over.'),
    }),
  messages: {
    early: {
      message:
        'Consumer {consumer} takes entries over after {minIdle}, and processing one may take {p99}; at least {least} is needed.',
      consequence: 'Slow entries are processed by two instances at once.',
    },
  },
  needs: ['consumers.processing'],
  each: {
    consumers({ graph, options, report, unknown, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'redis', consumer);
      if (!endpoint || endpoint.channel.section === 'topics' || endpoint.value.noack === true) return;
      const { id, at, value } = endpoint;
      const p99 = durationOf(value.processing?.p99);
      if (p99 === undefined) {
        unknown({ at, attribute: 'consumers.processing' });
        return;
      }
      const minIdle = durationOf(value.reclaim?.minIdle);
      const least = options.times * p99;
      if ((minIdle ?? STANDARD) >= least) {
        if (minIdle === undefined) passByDefault({ at, attribute: 'consumers.reclaim.minIdle' });
        return;
      }
      const fixed = formatDuration(Math.max(STANDARD, Math.ceil(((options.times + 1) * p99) / 1000) * 1000));
      report({
        at,
        field: 'reclaim.minIdle',
        messageId: 'early',
        data: {
          consumer: id,
          minIdle: formatDuration(minIdle ?? STANDARD),
          p99: formatDuration(p99),
          least: formatDuration(least),
        },
        fix: {
          label: `Take entries over after ${fixed}`,
          patches: () => [{ op: 'set', path: ['consumers', id, 'reclaim', 'minIdle'], value: fixed }],
        },
      });
    },
  },
});
