import { defineRule, noOptions } from '../../review/rule.ts';
import { addAlert, ageMetrics, alertsOn } from '../../review/support/alerts.ts';
import { addressOfChannel, nameOfChannel } from '../../review/support/channels.ts';
import { latencyTarget } from '../../review/support/flows.ts';
import { formatDuration } from '../../units.ts';

export const ageAlert = defineRule({
  id: 'monitoring/age-alert',
  meta: {
    severity: 'warn',
    brokers: 'all',
    fix: 'auto',
    title: 'Somebody is told when messages get old',
    docs: {
      what: 'Every consumed queue or stream needs an alert on the age of its oldest message: `age`, or `iterator-age` on Kinesis. The fix adds one with twice the latency target of the flow (`slo.latencyP99`), where the design states one.',
      why: 'Depth says how much waits, not how long. Ten messages that nobody has touched since noon look healthier than ten thousand that are a second old, and they are the ones that customers call about.',
    },
    sources: [
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html',
      'https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html',
      'https://sre.google/sre-book/monitoring-distributed-systems/',
    ],
  },
  options: noOptions,
  messages: {
    missing: {
      message: 'No alert watches how old messages get in {channel} ({metrics}).',
      consequence: 'A few messages that are stuck for hours go unnoticed behind a backlog that looks small.',
    },
  },
  needs: [],
  each: {
    workChannels({ graph, report }, channel) {
      const metrics = ageMetrics(graph, channel);
      if (graph.consumersOf(channel.id).length === 0) return;
      if (alertsOn(graph, channel.id).some(({ value }) => metrics.includes(value.metric))) return;
      const thresholdOf = (): string | undefined => {
        const target = latencyTarget(graph, channel.id);
        return target === undefined ? undefined : formatDuration(target * 2);
      };
      report({
        at: addressOfChannel(channel),
        messageId: 'missing',
        data: { channel: nameOfChannel(channel), metrics: metrics.join(' or ') },
        fix: addAlert(graph, channel.id, 'age', { metric: metrics[0] }, thresholdOf),
      });
    },
  },
});
