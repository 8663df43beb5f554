import { defineRule, noOptions } from '../../review/rule.ts';
import { addressOfChannel, nameOfChannel } from '../../review/support/channels.ts';
import { defaultRetention } from '../../review/support/retention.ts';

export const declared = defineRule({
  id: 'retention/declared',
  meta: {
    severity: 'error',
    brokers: ['kafka', 'kinesis', 'sqs'],
    fix: 'auto',
    title: 'Retention is a decision, not a default',
    docs: {
      what: 'Every drawn Kafka topic, Kinesis stream and SQS queue says how long it keeps messages: `retention`, or on Kafka `retentionBytes` or compaction. The fix writes down what the broker would do. RabbitMQ and Redis have no such default: they keep messages until the disk or the memory is full, which [retention/queue-unbounded](queue-unbounded.md) and [redis/trimming-declared](../redis/trimming-declared.md) ask about.',
      why: 'Kafka deletes after seven days, SQS after four, Kinesis after one, read or not. A consumer that is down over a long weekend comes back to a stream that has forgotten Friday, and no error is raised anywhere.',
    },
    sources: [
      'https://kafka.apache.org/documentation/#topicconfigs_retention.ms',
      'https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html',
    ],
  },
  options: noOptions,
  messages: {
    missing: {
      message: 'The retention of {channel} is not stated, so {broker} deletes messages after {retention}.',
      consequence: 'What no consumer has processed by then is gone, and nobody has decided that.',
    },
  },
  needs: [],
  each: {
    drawnChannels({ graph, report }, channel) {
      const at = addressOfChannel(channel);
      const retention = defaultRetention(graph, channel);
      if (retention === undefined) return;
      if (channel.section !== 'queues' && channel.section !== 'streams') return;
      if (channel.value.retention !== undefined) return;
      if (channel.section === 'streams') {
        const { retentionBytes, cleanup = 'delete' } = channel.value;
        if (retentionBytes !== undefined || cleanup === 'compact') return;
      }
      report({
        at,
        field: 'retention',
        messageId: 'missing',
        data: { channel: nameOfChannel(channel), broker: graph.brokerKindOf(channel) ?? '', retention },
        fix: {
          label: `State the retention of ${retention}`,
          patches: () => [{ op: 'set', path: [channel.section, channel.id, 'retention'], value: retention }],
        },
      });
    },
  },
});
