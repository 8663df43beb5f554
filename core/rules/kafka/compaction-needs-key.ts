import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { producerOn } from '../../review/support/endpoints.ts';

export const compactionNeedsKey = defineRule({
  id: 'kafka/compaction-needs-key',
  meta: {
    severity: 'error',
    brokers: ['kafka'],
    fix: 'none',
    title: 'Records of a compacted stream have a key',
    docs: {
      what: 'Every producer on a stream with `cleanup: compact` or `both` needs a key: `partitionKey`, or `aggregateIdPath` on each of its messages, which is what the generator uses where `partitionKey` is missing.',
      why: 'Compaction keeps the last record of each key. Kafka refuses a record without a key on such a topic, so every send of that producer fails from the day on which the topic is compacted.',
    },
    sources: [sources.kafkaDesign, sources.kafkaTopic],
  },
  options: noOptions,
  messages: {
    'no-key': {
      message:
        'Producer {producer} writes {messages} without a key to stream {stream}, which keeps the last record of each key (cleanup: {cleanup}).',
      consequence: 'Kafka refuses every record without a key.',
    },
  },
  needs: [],
  each: {
    producers({ graph, design, report, passByDefault }, producer) {
      const endpoint = producerOn(graph, 'kafka', producer);
      if (!endpoint) return;
      const { id, value, at, channel } = endpoint;
      if (channel.section !== 'streams' || value.partitionKey !== undefined) return;
      const { cleanup = 'delete' } = channel.value;
      if (cleanup === 'delete') return;
      const messages = value.messages ?? [];
      const keyless = messages.filter((name) => design.messages.get(name)?.aggregateIdPath === undefined);
      if (messages.length > 0 && keyless.length === 0) {
        passByDefault({ at, attribute: 'producers.partitionKey' });
        return;
      }
      report({
        at,
        field: 'partitionKey',
        messageId: 'no-key',
        data: { producer: id, stream: channel.id, cleanup, messages: listed(keyless) || 'its records' },
      });
    },
  },
});
