import { defineRule } from '../../review/rule.ts';
import { addressOfChannel, listed, nameOfChannel, reachesQueue } from '../../review/support/channels.ts';
import { z } from '../../zod.ts';

export const topicWithoutSubscriber = defineRule({
  id: 'pattern/topic-without-subscriber',
  meta: {
    severity: 'warn',
    brokers: ['rabbitmq', 'sns'],
    fix: 'none',
    title: 'What is published has a subscriber',
    docs: {
      what: 'An exchange or SNS topic that a producer publishes to needs at least one queue behind it, directly or through other exchanges. An alternate exchange does not count: it keeps the messages, but nobody subscribes to them.',
      why: 'RabbitMQ discards what no queue receives and SNS delivers it nowhere. The publisher sees success, and the events are gone when the first subscriber is added.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/publishers#unroutable',
      'https://docs.aws.amazon.com/sns/latest/dg/welcome.html',
    ],
  },
  options: z.strictObject({}),
  messages: {
    unbound: {
      message: 'No queue receives what is published to {channel} (by {producers}).',
      consequence:
        'Nobody receives these messages: the broker discards them, or an alternate exchange keeps them unread.',
    },
  },
  needs: [],
  each: {
    channels({ graph, report }, channel) {
      if (channel.section !== 'exchanges' && channel.section !== 'topics') return;
      const producers = graph.producersOf(channel.id);
      if (producers.length === 0 || reachesQueue(graph, channel.id)) return;
      report({
        at: addressOfChannel(channel),
        messageId: 'unbound',
        data: { producers: listed(producers.map(({ id }) => id)), channel: nameOfChannel(channel) },
      });
    },
  },
});
