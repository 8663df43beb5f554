import { z } from '../../zod.ts';
import { bool, int, oneOf, shaped, text, texts } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { sizesShape } from '../shared.ts';

export const message = defineKind({
  id: 'message',
  section: 'messages',
  title: 'Message',
  doc: 'A message type with its contract: schema, version, size, examples. The id is the type name.',
  drawn: 'none',
  attributes: {
    version: int({
      min: 1,
      group: 'Contract',
      doc: 'Version of the schema.',
      default: { value: 1, why: 'the first version' },
    }),
    description: text({ group: 'Contract', doc: 'What happened, or what is to be done.' }),
    schema: shaped(z.record(z.string(), z.unknown()), {
      group: 'Contract',
      doc: 'JSON Schema (2020-12) of the body, inline or as `$ref` to a file beside the design.',
    }),
    envelope: oneOf(['domain-event', 'cloudevents', 'none'], {
      group: 'Contract',
      doc: 'How id, type, time and correlation travel.',
      default: { value: 'domain-event', why: 'what the runtime writes into headers' },
    }),
    aggregateIdPath: text({
      group: 'Contract',
      doc: 'JSON pointer to the id of the entity that the message is about.',
    }),
    compatibility: oneOf(
      ['none', 'backward', 'forward', 'full', 'backward_transitive', 'forward_transitive', 'full_transitive'],
      {
        group: 'Contract',
        doc: 'What a new version may change.',
        default: { value: 'backward', why: 'consumers are upgraded first' },
      },
    ),
    size: shaped(sizesShape, { group: 'Capacity', doc: 'Average and largest size.' }),
    pii: bool({
      group: 'Contract',
      doc: 'Whether it carries personal data.',
      default: { value: false, why: 'stated by the owner of the message' },
    }),
    attributes: texts({
      group: 'Contract',
      doc: 'Names of the headers that filters and headers exchanges may use.',
      brokers: ['sqs', 'sns', 'rabbitmq', 'kafka'],
    }),
    examples: shaped(
      z.array(z.unknown()),
      { group: 'Contract', doc: 'Example bodies; tests, the demo and the load generator send them.' },
      { type: 'list' },
    ),
  },
});
