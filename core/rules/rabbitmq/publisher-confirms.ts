import { sources } from '../../kinds/sources.ts';
import { isLossTolerant } from '../../review/criticality.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { producerOn } from '../../review/support/endpoints.ts';

export const publisherConfirms = defineRule({
  id: 'rabbitmq/publisher-confirms',
  meta: {
    severity: 'error',
    brokers: ['rabbitmq'],
    fix: 'auto',
    title: 'RabbitMQ confirms what is published',
    docs: {
      what: 'A producer on RabbitMQ must not turn publisher confirms off, unless losing its messages is accepted (`criticality: lossTolerant` on the channel or on every flow of the producer). A missing `confirms` passes, since the generated producer waits for each confirm.',
      why: 'A publish in AMQP has no answer. A connection that breaks, a queue that is full with `reject-publish`, a node that fails before the write: without confirms the service has told its caller that all is well, and the message is nowhere.',
    },
    sources: [sources.rabbitConfirms],
  },
  options: noOptions,
  messages: {
    off: {
      message: 'Producer {producer} publishes to {channel} without confirms.',
      consequence: 'A message that the broker loses or refuses counts as sent.',
    },
  },
  needs: [],
  each: {
    producers({ graph, report, passByDefault }, producer) {
      const endpoint = producerOn(graph, 'rabbitmq', producer);
      if (!endpoint) return;
      const { id, value, at } = endpoint;
      if (value.confirms === undefined) passByDefault({ at, attribute: 'producers.confirms' });
      if (value.confirms !== false || isLossTolerant(graph, at)) return;
      report({
        at,
        field: 'confirms',
        messageId: 'off',
        data: { producer: id, channel: value.channel ?? '' },
        fix: {
          label: 'Wait for the confirms',
          patches: () => [{ op: 'set', path: ['producers', id, 'confirms'], value: true }],
        },
      });
    },
  },
});
