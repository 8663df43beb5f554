import { z } from '../../zod.ts';
import { oneOf, ref, safeText, shaped, text } from '../attribute.ts';
import { defineKind } from '../kind.ts';

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
      doc: 'Key (direct) or pattern (topic: `*` is one word, `#` is any number of words).',
      default: { value: 'empty; # on a topic exchange', why: 'matches everything where the type allows it' },
      source: 'https://www.rabbitmq.com/docs/exchanges',
    }),
    headers: shaped(z.record(z.string(), z.union([safeText, z.number(), z.boolean()])), {
      group: 'Routing',
      doc: 'Header values that a headers exchange compares.',
    }),
    xMatch: oneOf(['all', 'any', 'all-with-x', 'any-with-x'], {
      group: 'Routing',
      doc: 'Whether all headers or any of them must match.',
      default: { value: 'all', why: 'default of RabbitMQ' },
    }),
  },
});
