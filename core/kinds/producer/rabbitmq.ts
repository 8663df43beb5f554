import { bool, oneOf, shaped, texts } from '../attribute.ts';
import { sources } from '../sources.ts';
import { headerValues } from '../values.ts';

const brokers = ['rabbitmq'] as const;

/** How a producer publishes to RabbitMQ. */
export const rabbitProducerAttributes = {
  routingKeys: texts({
    group: 'Routing',
    form: 'list of keys; `{event}` stands for the message type',
    doc: 'Routing keys that are used, one for each message type.',
    default: { value: 'the message type', why: 'bindings then read like the messages' },
    brokers,
    source: sources.rabbitExchanges,
  }),
  headers: shaped(headerValues, {
    group: 'Routing',
    form: 'map of text, numbers and booleans',
    doc: 'Headers that are sent with each message unless the sender gives others.',
    brokers: ['rabbitmq', 'kafka', 'sqs', 'sns'],
    source: sources.rabbitExchanges,
  }),
  confirms: bool({
    group: 'Delivery',
    doc: 'Whether each publish is confirmed by the broker.',
    default: { value: true, why: 'without it a lost publish is not noticed' },
    brokers,
    source: sources.rabbitConfirms,
  }),
  persistent: bool({
    group: 'Delivery',
    doc: 'Whether messages are written to disk.',
    default: { value: true, why: 'transient messages are lost with the broker' },
    brokers,
    source: sources.rabbitConfirms,
  }),
  mandatory: bool({
    group: 'Delivery',
    doc: 'Whether a message that no binding matches comes back as an error.',
    default: { value: true, why: 'otherwise it is confirmed and dropped' },
    brokers,
    source: sources.rabbitPublishers,
  }),
  onReturn: oneOf(['error', 'log', 'ignore'], {
    group: 'Delivery',
    doc: 'What happens to a returned message.',
    default: { value: 'error', why: 'the sender must know' },
    brokers,
    source: sources.rabbitPublishers,
  }),
} as const;
