import { bool, int, objects, oneOf, shaped, text, texts } from '../attribute.ts';
import { anything, listOf, recordOf } from '../form.ts';
import { defineKind } from '../kind.ts';
import { messageSize } from '../shared.ts';
import { sources } from '../sources.ts';

const jsonSchema = recordOf(anything);

const versionItems = {
  version: int({ min: 1, required: true, doc: 'Number of the version.' }),
  schema: shaped(jsonSchema, { form: 'JSON Schema', doc: 'Its schema, inline or as `$ref`.' }),
} as const;

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
      doc: 'Version of the schema that producers send.',
      default: { value: 1, why: 'the first version' },
    }),
    versions: objects(versionItems, {
      group: 'Contract',
      doc: 'Earlier versions that may still be on the way or in a log; compared for breaking changes.',
      default: { value: [], why: 'only the current version exists' },
    }),
    description: text({ group: 'Contract', doc: 'What happened, or what is to be done.' }),
    schema: shaped(jsonSchema, {
      group: 'Contract',
      form: 'JSON Schema',
      doc: 'JSON Schema (2020-12) of the body, inline or as `$ref` to a file beside the design.',
    }),
    envelope: oneOf(['domain-event', 'cloudevents', 'none'], {
      group: 'Contract',
      doc: 'How id, type, time and correlation travel.',
      default: { value: 'domain-event', why: 'what the runtime writes into headers' },
      source: 'https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md',
    }),
    hopLimit: int({
      min: 1,
      max: 1000,
      group: 'Contract',
      unit: 'services',
      doc: 'Services that a chain of events may pass through before it is stopped; ends a cycle of events that cause each other.',
    }),
    aggregateIdPath: text({
      group: 'Contract',
      form: 'JSON pointer',
      doc: 'JSON pointer to the id of the entity that the message is about.',
      default: { value: '/aggregate_id', why: 'where the domain-event envelope has it' },
    }),
    compatibility: oneOf(
      ['none', 'backward', 'forward', 'full', 'backward_transitive', 'forward_transitive', 'full_transitive'],
      {
        group: 'Contract',
        doc: 'What a new version may change.',
        default: {
          value: 'backward; backward_transitive on streams',
          why: 'consumers are upgraded first; a replay reads every version',
        },
        source: sources.compatibility,
      },
    ),
    size: messageSize,
    pii: bool({
      group: 'Contract',
      doc: 'Whether it carries personal data.',
      default: { value: false, why: 'stated by the owner of the message' },
    }),
    attributes: texts({
      group: 'Contract',
      form: 'list of header names',
      doc: 'Names of the headers that filters and headers exchanges may use; at most ten on SQS.',
      default: { value: [], why: 'what nobody filters by needs no header' },
      brokers: ['sqs', 'sns', 'rabbitmq', 'kafka'],
      source: sources.sqsQuotas,
    }),
    examples: shaped(
      listOf(anything),
      {
        group: 'Contract',
        form: 'list of JSON values',
        doc: 'Example bodies; tests, the demo and the load generator send them.',
        default: { value: [], why: 'written by who knows the message' },
      },
      { type: 'list' },
    ),
  },
});
