import { defineRule, noOptions } from '../../review/rule.ts';
import { addAlert, alertsOn, backlogMetrics, isDeadLetterChannel } from '../../review/support/alerts.ts';
import { addressOfChannel } from '../../review/support/channels.ts';

export const dlqAlert = defineRule({
  id: 'monitoring/dlq-alert',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'auto',
    title: 'Somebody is told about dead letters',
    docs: {
      what: 'Every dead-letter queue or stream, also one that `deadLetter: true` implies (`<id>.dlq`), needs an alert: `dlq-depth`, or depth or lag. The fix adds one that fires when a dead letter has been there for five minutes.',
      why: 'A dead letter is an order that has not been carried out. Without an alert the dead-letter queue is where messages go to be forgotten, and SQS deletes them after two weeks.',
    },
    sources: [
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
      'https://www.rabbitmq.com/docs/dlx',
    ],
  },
  options: noOptions,
  messages: {
    missing: {
      message: 'No alert watches dead letters in {channel}.',
      consequence: 'Messages that could not be processed lie there until they expire, and nobody knows.',
    },
  },
  needs: [],
  each: {
    channels({ graph, report }, channel) {
      if (channel.section !== 'queues' && channel.section !== 'streams') return;
      if (!isDeadLetterChannel(graph, channel)) return;
      const metrics = ['dlq-depth', ...backlogMetrics(graph, channel)];
      if (alertsOn(graph, channel.id).some(({ value }) => metrics.includes(value.metric))) return;
      report({
        at: addressOfChannel(channel),
        messageId: 'missing',
        data: { channel: channel.id },
        fix: addAlert(graph, channel.id, 'dead', { metric: 'dlq-depth', threshold: 0, for: '5m' }),
      });
    },
  },
});
