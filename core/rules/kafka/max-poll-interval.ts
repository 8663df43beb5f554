import type { Consumer } from '../../design/design.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule } from '../../review/rule.ts';
import { consumerOn } from '../../review/support/endpoints.ts';
import { durationOf } from '../../review/support/work.ts';
import type { Patch } from '../../text/patch.ts';
import { formatDuration, parseDuration } from '../../units.ts';
import { z } from '../../zod.ts';

const RECORDS = 500;
const INTERVAL = 300_000;

const standard = { share: 0.5 };

export const maxPollInterval = defineRule({
  id: 'kafka/max-poll-interval',
  meta: {
    severity: 'error',
    brokers: ['kafka'],
    fix: 'auto',
    title: 'A poll is processed well within its interval',
    docs: {
      what: 'The records of one poll (`maxPollRecords`, 500 by default) times the slow processing time (`processing.p99`), shared by `concurrencyPerPartition`, must fit into a part of `maxPollInterval` (300 s by default). All records of a poll may come from one partition, so other concurrency does not count. Without `processing.p99` the answer is unknown. Share groups lock single records instead and are left out.',
      why: 'A member that does not poll in time is put out of its group. Its partitions move, its commits are refused, and the next member starts with the same records and is put out as well: the group rebalances without end while the lag grows.',
    },
    sources: [sources.kafkaConsumer],
  },
  standard,
  options: () =>
    z.strictObject({
      share: z
        .number()
        .positive()
        .max(1)
        .default(standard.share)
        .describe('Part of maxPollInterval that the records of one poll may take.'),
    }),
  messages: {
    late: {
      message:
        'Consumer {consumer} may take {needed} for the {records} records of one poll ({p99} each), of the {interval} after which it is put out of its group.',
      consequence:
        'Its partitions move to another member, which reads the same records and is put out as well.',
    },
  },
  needs: ['consumers.processing'],
  each: {
    consumers({ graph, options, report, unknown, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'kafka', consumer);
      if (!endpoint) return;
      const { id, value, at, channel } = endpoint;
      if (channel.section !== 'streams' || value.groupType === 'share') return;
      const p99 = durationOf(value.processing?.p99);
      if (p99 === undefined) {
        unknown({ at, attribute: 'consumers.processing' });
        return;
      }
      const records = value.maxPollRecords ?? RECORDS;
      const interval = durationOf(value.maxPollInterval) ?? INTERVAL;
      const each = p99 / (value.concurrencyPerPartition ?? 1);
      if (records * each <= options.share * interval) {
        if (value.maxPollRecords === undefined) passByDefault({ at, attribute: 'consumers.maxPollRecords' });
        return;
      }
      report({
        at,
        field: 'maxPollRecords',
        messageId: 'late',
        data: {
          consumer: id,
          records,
          p99: value.processing?.p99 ?? '',
          needed: formatDuration(Math.ceil(records * each)),
          interval: formatDuration(interval),
        },
        fix: pollFix(id, value, each, options.share),
      });
    },
  },
});

/** Fewer records for each poll; where even one takes too long, more time as well. */
function pollFix(id: string, value: Consumer, each: number, share: number) {
  const interval = parseDuration(value.maxPollInterval ?? '') ?? INTERVAL;
  const records = Math.max(1, Math.floor((share * interval) / each));
  const needed = Math.ceil((records * each) / share / 1000) * 1000;
  const patches: readonly Patch[] = [
    { op: 'set', path: ['consumers', id, 'maxPollRecords'], value: records },
    ...(needed > interval
      ? [{ op: 'set' as const, path: ['consumers', id, 'maxPollInterval'], value: formatDuration(needed) }]
      : []),
  ];
  return { label: `Poll ${records} records at once`, patches: () => patches };
}
