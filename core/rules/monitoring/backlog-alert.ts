import { defineRule, noOptions } from '../../review/rule.ts';
import { addAlert, alertsOn, backlogMetrics } from '../../review/support/alerts.ts';
import { addressOfChannel, nameOfChannel } from '../../review/support/channels.ts';
import { latencyTarget } from '../../review/support/flows.ts';
import { arrivalRate } from '../../review/support/load.ts';

export const backlogAlert = defineRule({
  id: 'monitoring/backlog-alert',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'auto',
    title: 'Somebody is told when work piles up',
    docs: {
      what: 'Every consumed queue or stream needs an alert on what waits in it: `depth` on a queue, `lag` on a log, `iterator-age` or `lag` on Kinesis, `lag` or `pel` on Redis. The fix adds one; its threshold is twice what arrives within the latency target of the flow, where the design states rate and target, and is computed by the generator otherwise.',
      why: 'A consumer that has stopped raises no error: it just no longer does anything. The first to notice is a customer, hours later, and by then the backlog takes longer to work off than the retention lasts.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/monitoring',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html',
      'https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html',
    ],
  },
  options: noOptions,
  messages: {
    missing: {
      message: 'No alert watches what waits in {channel} ({metrics}).',
      consequence: 'When {consumer} stops or falls behind, nobody is told.',
    },
  },
  needs: [],
  each: {
    workChannels({ graph, report }, channel) {
      const [consumer] = graph.consumersOf(channel.id);
      const metrics = backlogMetrics(graph, channel);
      if (!consumer || alertsOn(graph, channel.id).some(({ value }) => metrics.includes(value.metric)))
        return;
      const isCount = metrics[0] === 'depth' || metrics[0] === 'lag';
      const thresholdOf = (): number | undefined => {
        const rate = isCount ? arrivalRate(graph, channel.id) : undefined;
        const target = latencyTarget(graph, channel.id);
        return rate !== undefined && target !== undefined
          ? Math.max(1, Math.ceil((rate * target * 2) / 1000))
          : undefined;
      };
      report({
        at: addressOfChannel(channel),
        messageId: 'missing',
        data: { channel: nameOfChannel(channel), metrics: metrics.join(' or '), consumer: consumer.id },
        fix: addAlert(graph, channel.id, 'backlog', { metric: metrics[0] }, thresholdOf),
      });
    },
  },
});
