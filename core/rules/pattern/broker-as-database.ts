import { defineRule } from '../../review/rule.ts';
import { channelsAtEnd } from '../../review/support/flows.ts';
import { formatDuration, parseDuration } from '../../units.ts';
import { z } from '../../zod.ts';

const standard = { maxSchedule: '15m' };

export const brokerAsDatabase = defineRule({
  id: 'pattern/broker-as-database',
  meta: {
    severity: 'warn',
    brokers: 'all',
    fix: 'none',
    title: 'The broker is not the database',
    docs: {
      what: 'A flow must not keep the only copy of its data in the broker (`stateOfRecord: broker`, `needs.longTermState`) unless it is event-sourced on a retained log. A consumer must not look single messages up by key (`queriesByKey`), and a task must not be scheduled further ahead (`celery.eta`) than the option allows.',
      why: 'A broker has no query, no backup of a single order and no way to correct one. Retention, a purge or a full disk deletes the data as a matter of course, and a task that waits a week in a worker is lost, or runs twice, with the next deploy.',
    },
    sources: [
      'https://docs.celeryq.dev/en/stable/getting-started/backends-and-brokers/redis.html',
      'https://docs.celeryq.dev/en/stable/userguide/calling.html#eta-and-countdown',
      'https://kafka.apache.org/documentation/#topicconfigs_retention.ms',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      maxSchedule: z
        .string()
        .refine((text) => parseDuration(text) !== undefined, 'is not a duration')
        .default(standard.maxSchedule)
        .describe('How far ahead a broker may hold a message.'),
    }),
  messages: {
    'only-copy': {
      message: 'Flow {flow} keeps the only copy of its data in {channel}.',
      consequence: 'When retention, a purge or a full disk takes a message, the data is gone for good.',
    },
    lookup: {
      message: 'Consumer {consumer} looks up single messages of {channel} by key.',
      consequence:
        'A broker has no index: every look-up reads the channel from its beginning, or takes messages from others.',
    },
    schedule: {
      message: 'Consumer {consumer} has tasks scheduled up to {eta} ahead, beyond {limit}.',
      consequence:
        'A worker holds them in memory until then; a restart or a visibility timeout repeats or loses them.',
    },
  },
  needs: [],
  each: {
    flows({ graph, report }, { id, value: flow }) {
      const { stateOfRecord, needs } = flow;
      if (stateOfRecord !== 'broker' && !needs?.longTermState) return;
      const channel = channelsAtEnd(graph, flow).find(
        ({ section }) => section !== 'streams' || !needs?.eventSourcing,
      );
      if (!channel) return;
      const field = stateOfRecord === 'broker' ? 'stateOfRecord' : 'needs.longTermState';
      report({ at: `flows/${id}`, field, messageId: 'only-copy', data: { flow: id, channel: channel.id } });
    },
    consumers({ options, report }, { id, value: { channel = '', queriesByKey, celery } }) {
      const limit = parseDuration(options.maxSchedule) ?? 0;
      const at = `consumers/${id}` as const;
      if (queriesByKey)
        report({ at, field: 'queriesByKey', messageId: 'lookup', data: { consumer: id, channel } });
      const eta = parseDuration(celery?.eta ?? '') ?? 0;
      if (eta <= limit) return;
      const data = { consumer: id, eta: formatDuration(eta), limit: options.maxSchedule };
      report({ at, field: 'celery.eta', messageId: 'schedule', data });
    },
  },
});
