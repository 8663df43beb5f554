import { oneOf, ref, shaped, text } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { sources } from '../sources.ts';
import { headerValues } from '../values.ts';

export const binding = defineKind({
  id: 'binding',
  section: 'bindings',
  title: 'Binding',
  doc: 'Makes an exchange copy matching messages to a queue or to another exchange.',
  drawn: 'edge',
  attributes: {
    source: ref('exchanges', { required: true, group: 'Routing', doc: 'Exchange that messages come from.' }),
    destination: ref('channels', {
      required: true,
      group: 'Routing',
      doc: 'Queue, stream or exchange that receives a copy.',
    }),
    routingKey: text({
      group: 'Routing',
      doc: 'Key (direct) or pattern (topic: `*` is one word, `#` is any number of words); the weight of the queue on a consistent-hash exchange.',
      default: { value: 'empty; # on a topic exchange', why: 'matches everything where the type allows it' },
      brokers: ['rabbitmq'],
      source: sources.rabbitExchanges,
    }),
    headers: shaped(headerValues, {
      group: 'Routing',
      form: 'map of text, numbers and booleans',
      doc: 'Header values that a headers exchange compares.',
      brokers: ['rabbitmq'],
      source: sources.rabbitExchanges,
    }),
    xMatch: oneOf(['all', 'any', 'all-with-x', 'any-with-x'], {
      group: 'Routing',
      doc: 'Whether all headers or any of them must match; `-with-x` also compares headers whose name begins with `x-`.',
      default: { value: 'all', why: 'default of RabbitMQ' },
      brokers: ['rabbitmq'],
      source: sources.rabbitExchanges,
    }),
  },
});
