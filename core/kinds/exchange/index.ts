import { bool, oneOf, ref } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { channelAttributes } from '../shared.ts';
import { sources } from '../sources.ts';

export const exchangeTypes = [
  'direct',
  'topic',
  'fanout',
  'headers',
  'x-modulus-hash',
  'x-consistent-hash',
] as const;

export const exchange = defineKind({
  id: 'exchange',
  section: 'exchanges',
  title: 'Exchange',
  doc: 'Receives messages from producers and copies each to the queues and exchanges whose bindings match.',
  drawn: 'channel',
  attributes: {
    ...channelAttributes,
    type: oneOf(exchangeTypes, {
      group: 'Routing',
      doc: 'How bindings are matched: equal key, pattern, always, or headers. The two hash types, plugins of RabbitMQ, send each message to one of the bound queues, chosen by its routing key.',
      default: { value: 'topic', why: 'a direct exchange that may grow patterns' },
      brokers: ['rabbitmq'],
      source: sources.rabbitExchanges,
    }),
    durable: bool({
      group: 'Routing',
      doc: 'Whether it survives a restart of the broker.',
      default: { value: true, why: 'a lost exchange loses every publish' },
      brokers: ['rabbitmq'],
      source: sources.rabbitExchanges,
    }),
    alternateExchange: ref('exchanges', {
      group: 'Routing',
      doc: 'Exchange that receives what no binding matched.',
      brokers: ['rabbitmq'],
      source: sources.rabbitAlternate,
    }),
    internal: bool({
      group: 'Routing',
      doc: 'Whether producers are kept from publishing to it directly.',
      default: { value: false, why: 'default of RabbitMQ' },
      brokers: ['rabbitmq'],
      source: sources.rabbitExchanges,
    }),
  },
});
