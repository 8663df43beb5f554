import { defineRule, noOptions } from '../../review/rule.ts';
import type { Patch } from '../../text/patch.ts';

export const versionPresent = defineRule({
  id: 'schema/version-present',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'auto',
    title: 'Every message type states its version',
    docs: {
      what: 'Every message type has a `version`, a whole number from 1. The fix writes 1, which is what is sent until somebody says otherwise.',
      why: 'The day the payload changes, old and new messages are in the same queue and the same log. A consumer can tell them apart only if each carries a version from the first day on.',
    },
    sources: ['https://docs.confluent.io/platform/8.4/schema-registry/fundamentals/schema-evolution.html'],
  },
  options: noOptions,
  messages: {
    missing: {
      message: 'Message {message} does not state its version.',
      consequence: 'After the first change nobody can tell which consumer understands which message.',
    },
  },
  needs: [],
  each: {
    messages({ report }, { id, value: { version } }) {
      if (version !== undefined) return;
      const patch: Patch = { op: 'set', path: ['messages', id, 'version'], value: 1 };
      const fix = { label: 'Call it version 1', patches: () => [patch] };
      report({ at: `messages/${id}`, field: 'version', messageId: 'missing', data: { message: id }, fix });
    },
  },
});
