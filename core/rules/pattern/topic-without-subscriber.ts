import { elementDelete } from '../../commands/element.delete.ts';
import type { Channel, ElementAddress, Producer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { addressOfChannel, listed, nameOfChannel, reachesQueue } from '../../review/support/channels.ts';
import type { Patch } from '../../text/patch.ts';

export const topicWithoutSubscriber = defineRule({
  id: 'pattern/topic-without-subscriber',
  meta: {
    severity: 'warn',
    brokers: ['rabbitmq', 'sns'],
    fix: 'suggest',
    title: 'What is published has a subscriber',
    docs: {
      what: 'An exchange or SNS topic that a producer publishes to needs at least one queue behind it, directly or through other exchanges. An alternate exchange does not count: it keeps the messages, but nobody subscribes to them. The fix takes out the channel and its producers, for those that nobody misses; where somebody does, bind a queue instead.',
      why: 'RabbitMQ discards what no queue receives and SNS delivers it nowhere. The publisher sees success, and the events are gone when the first subscriber is added.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/publishers#unroutable',
      'https://docs.aws.amazon.com/sns/latest/dg/welcome.html',
    ],
  },
  options: noOptions,
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
      const names = listed(producers.map(({ id }) => id));
      report({
        at: addressOfChannel(channel),
        messageId: 'unbound',
        data: { producers: names, channel: nameOfChannel(channel) },
        fix: {
          label: `Delete ${nameOfChannel(channel)} and what publishes to it: ${names}`,
          patches: () => deleted(graph, channel, producers),
        },
      });
    },
  },
});

function deleted(graph: Graph, channel: Channel, producers: readonly Named<Producer>[]): readonly Patch[] {
  const addresses = [
    addressOfChannel(channel),
    ...producers.map(({ id }): ElementAddress => `producers/${id}`),
  ];
  const patches = elementDelete.apply(graph.design, { addresses });
  // What shorthand implies has no place in the file.
  return patches.ok
    ? patches.value.filter(({ path }) => !graph.origins.has(path.slice(0, 2).join('/') as ElementAddress))
    : [];
}
