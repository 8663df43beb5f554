import { defineRule, noOptions } from '../../review/rule.ts';
import type { Patch } from '../../text/patch.ts';

export const envelopeComplete = defineRule({
  id: 'schema/envelope-complete',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'auto',
    title: 'Messages carry id, type, time, version and correlation',
    docs: {
      what: 'A message travels in an envelope, `domain-event` or `cloudevents`, that carries the event id, type, aggregate id, time, schema version, correlation id and idempotency key (CloudEvents: `id`, `source`, `specversion`, `type`). With `envelope: none` the body is alone. A missing `envelope` passes: the generated producer writes the `domain-event` headers.',
      why: 'A message without an id cannot be recognised when it comes twice, without a type and version it cannot be read when it has changed, and without a correlation id nobody can follow an order through five services at night.',
    },
    sources: [
      'https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md',
      'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
    ],
  },
  options: noOptions,
  messages: {
    none: {
      message: 'Message {message} travels without an envelope (envelope: none).',
      consequence:
        'Its id, type, version and correlation are missing, so duplicates and old versions cannot be told apart.',
    },
  },
  needs: [],
  each: {
    messages({ report, passByDefault }, { id, value: { envelope } }) {
      const at = `messages/${id}` as const;
      if (envelope === undefined) passByDefault({ at, attribute: 'messages.envelope' });
      if (envelope !== 'none') return;
      const patch: Patch = { op: 'set', path: ['messages', id, 'envelope'], value: 'domain-event' };
      const fix = { label: 'Write the headers of the domain-event envelope', patches: () => [patch] };
      report({ at, field: 'envelope', messageId: 'none', data: { message: id }, fix });
    },
  },
});
