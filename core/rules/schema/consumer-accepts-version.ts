import { defineRule, noOptions } from '../../review/rule.ts';

export const consumerAcceptsVersion = defineRule({
  id: 'schema/consumer-accepts-version',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'none',
    title: 'Consumers understand the versions that are sent',
    docs: {
      what: 'The list `accepts` of a consumer must hold the `version` of every message type that it handles: those that it names in `messages`, or all that can arrive. A missing `accepts` passes: the generated consumer accepts the current version.',
      why: 'A producer that is deployed before its consumers sends messages that none of them can read. Every one of them goes to the dead-letter queue, and the flow has stopped although everything is running.',
    },
    sources: ['https://docs.confluent.io/platform/8.4/schema-registry/fundamentals/schema-evolution.html'],
  },
  options: noOptions,
  messages: {
    refused: {
      message: 'Consumer {consumer} accepts versions {accepts}, but {message} is sent in version {version}.',
      consequence: 'Every such message is refused and goes to the dead-letter queue.',
    },
  },
  needs: [],
  each: {
    consumers({ graph, design, report, passByDefault }, consumer) {
      const { id, value } = consumer;
      const at = `consumers/${id}` as const;
      const handled = graph.messagesOf(consumer).flatMap((message) => {
        const found = design.messages.get(message);
        return found ? [{ message, version: found.version ?? 1 }] : [];
      });
      if (value.accepts === undefined) {
        if (handled.length > 0) passByDefault({ at, attribute: 'consumers.accepts' });
        return;
      }
      for (const { message, version } of handled) {
        if (value.accepts.includes(version)) continue;
        const data = { consumer: id, accepts: value.accepts.join(', ') || 'none', message, version };
        report({ at, field: 'accepts', messageId: 'refused', data });
      }
    },
  },
});
