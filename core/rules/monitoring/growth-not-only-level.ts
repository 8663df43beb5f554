import { defineRule, noOptions } from '../../review/rule.ts';
import { addAlert, alertsOn, backlogMetrics } from '../../review/support/alerts.ts';
import { addressOfChannel, nameOfChannel } from '../../review/support/channels.ts';

export const growthNotOnlyLevel = defineRule({
  id: 'monitoring/growth-not-only-level',
  meta: {
    severity: 'warn',
    brokers: 'all',
    fix: 'auto',
    title: 'Alerts watch the growth of a backlog, not only its size',
    docs: {
      what: 'Every consumed queue or stream needs an alert on the growth of its backlog (`kind: derivative`) or on the time until messages expire (`kind: timeToRetention`), besides one on its level. The fix adds one that fires when the backlog has grown for ten minutes.',
      why: 'A level that is low enough to warn in time fires at every peak and is soon ignored; one that is high enough to be quiet fires when the outage is hours old. A backlog that only ever grows is wrong at any size.',
    },
    sources: [
      'https://sre.google/workbook/alerting-on-slos/',
      'https://prometheus.io/docs/practices/alerting/',
    ],
  },
  options: noOptions,
  messages: {
    missing: {
      message: 'No alert watches whether the backlog of {channel} grows.',
      consequence: 'A consumer that is a little too slow is noticed when messages expire.',
    },
  },
  needs: [],
  each: {
    workChannels({ graph, report }, channel) {
      if (graph.consumersOf(channel.id).length === 0) return;
      if (alertsOn(graph, channel.id).some(({ value: { kind = 'level' } }) => kind !== 'level')) return;
      const [metric] = backlogMetrics(graph, channel);
      report({
        at: addressOfChannel(channel),
        messageId: 'missing',
        data: { channel: nameOfChannel(channel) },
        fix: addAlert(graph, channel.id, 'growth', { metric, kind: 'derivative', threshold: 0, for: '10m' }),
      });
    },
  },
});
