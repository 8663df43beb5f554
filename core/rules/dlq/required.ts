import { defineRule, noOptions } from '../../review/rule.ts';
import { addressOfChannel, listed } from '../../review/support/channels.ts';

export const required = defineRule({
  id: 'dlq/required',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'Failed messages have somewhere to go',
    docs: {
      what: 'Every consumed queue or stream needs a dead-letter destination for what its consumers cannot process: `deadLetter` on the queue or on the consumer. A consumer may state `onFailure: stop` or `park-key` instead, where order forbids to skip a message.',
      why: 'Without a destination the broker discards a message after the last attempt, or redelivers it without end while the messages behind it wait. Both are found only when somebody misses the result.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/dlx',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues',
      'https://www.confluent.io/blog/error-handling-patterns-in-kafka/',
    ],
  },
  options: noOptions,
  messages: {
    queue: {
      message: 'Queue {queue} has no dead-letter queue for what {consumers} cannot process.',
      consequence: 'A message that fails every attempt is dropped by the broker or redelivered without end.',
    },
    stream: {
      message: 'Consumer {consumer} of stream {stream} has no dead-letter destination.',
      consequence: 'One record that always fails stops its partition, or is skipped without a trace.',
    },
    dropped: {
      message: 'Consumer {consumer} drops a message of {channel} after the last attempt.',
      consequence: 'The message is lost and can be neither examined nor replayed.',
    },
  },
  needs: [],
  each: {
    workChannels({ graph, report }, channel) {
      const consumers = graph.consumersOf(channel.id);
      const dropping = consumers.filter(({ value }) => value.onFailure === 'drop');
      for (const { id } of dropping) {
        report({
          at: `consumers/${id}`,
          field: 'onFailure',
          messageId: 'dropped',
          data: { consumer: id, channel: channel.id },
          fix: {
            label: `Dead-letter what ${id} cannot process`,
            patches: () => [{ op: 'set', path: ['consumers', id, 'onFailure'], value: 'dead-letter' }],
          },
        });
      }
      const open = consumers.filter((consumer) => {
        const { onFailure = 'dead-letter' } = consumer.value;
        return onFailure === 'dead-letter' && !graph.deadLetterOf(consumer);
      });
      if (open.length === 0) return;
      if (channel.section === 'queues') {
        report({
          at: addressOfChannel(channel),
          field: 'deadLetter',
          messageId: 'queue',
          data: { queue: channel.id, consumers: listed(open.map(({ id }) => id)) },
          fix: {
            label: `Add dead-letter queue ${channel.id}.dlq`,
            patches: () => [{ op: 'set', path: ['queues', channel.id, 'deadLetter'], value: true }],
          },
        });
        return;
      }
      for (const { id } of open) {
        report({
          at: `consumers/${id}`,
          field: 'deadLetter',
          messageId: 'stream',
          data: { consumer: id, stream: channel.id },
          fix: {
            label: `Add dead-letter destination ${id}.dlq`,
            patches: () => [{ op: 'set', path: ['consumers', id, 'deadLetter'], value: true }],
          },
        });
      }
    },
  },
});
