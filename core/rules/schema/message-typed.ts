import type { Message } from '../../design/design.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import type { Patch } from '../../text/patch.ts';

export const messageTyped = defineRule({
  id: 'schema/message-typed',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'Every payload has a schema',
    docs: {
      what: 'A producer that publishes to a channel names the types of its messages, and every message type has a JSON Schema. The fix writes a schema that demands an object, with the id of the aggregate where the design says which field it is; the rest is for its author.',
      why: 'Without a contract the consumer finds out about a renamed field in production, one dead letter at a time. With one, a wrong message is refused where it is made, before it is anybody else’s problem.',
    },
    sources: [
      'https://json-schema.org/draft/2020-12',
      'https://docs.confluent.io/platform/8.4/schema-registry/fundamentals/schema-evolution.html',
    ],
  },
  options: noOptions,
  messages: {
    untyped: {
      message: 'Producer {producer} publishes to {channel} without naming its messages.',
      consequence:
        'Nobody can tell what the payload looks like; consumers guess until one of them guesses wrong.',
    },
    'no-schema': {
      message: 'Message {message} has no schema.',
      consequence: 'A wrong payload is accepted by the broker and fails in every consumer.',
    },
  },
  needs: [],
  each: {
    producers({ report }, { id, value: { channel, messages = [] } }) {
      if (channel === undefined || messages.length > 0) return;
      report({
        at: `producers/${id}`,
        field: 'messages',
        messageId: 'untyped',
        data: { producer: id, channel },
      });
    },
    messages({ report }, { id, value }) {
      if (value.schema !== undefined) return;
      const patch: Patch = { op: 'set', path: ['messages', id, 'schema'], value: stub(value) };
      const fix = { label: 'Demand an object', patches: () => [patch] };
      report({ at: `messages/${id}`, field: 'schema', messageId: 'no-schema', data: { message: id }, fix });
    },
  },
});

/** The least that a body must be: an object, with the field that the aggregate id is read from. */
function stub({ aggregateIdPath = '' }: Message): Readonly<Record<string, unknown>> {
  const field = /^\/([^/~]+)$/.exec(aggregateIdPath)?.[1];
  return field === undefined
    ? { type: 'object' }
    : { type: 'object', required: [field], properties: { [field]: { type: 'string', minLength: 1 } } };
}
