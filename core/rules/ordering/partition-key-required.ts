import type { Channel, Flow, Producer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';

export const partitionKeyRequired = defineRule({
  id: 'ordering/partition-key-required',
  meta: {
    severity: 'error',
    brokers: ['kafka', 'kinesis', 'redis', 'sqs', 'sns'],
    fix: 'suggest',
    title: 'Per-key order has a key',
    docs: {
      what: 'On a flow with `ordering: per-key` every producer that publishes to a partitioned stream needs a key: `partitionKey`, or `aggregateIdPath` on each of its messages, which is what the generator uses where `partitionKey` is missing. On SQS and SNS FIFO it needs a `messageGroupId`.',
      why: 'Order holds within one partition or message group only. Without a key the events of one entity are spread over all partitions and consumed in parallel; on a FIFO queue the publish is refused.',
    },
    sources: [
      'https://kafka.apache.org/documentation/#intro_concepts_and_terms',
      'https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagegroupid-property.html',
    ],
  },
  options: noOptions,
  messages: {
    partition: {
      message:
        'Flow {flow} needs per-key order, but producer {producer} has neither a partition key nor an aggregateIdPath on {messages}.',
      consequence:
        'Records of one entity go to different partitions of {channel} and are consumed in any order.',
    },
    group: {
      message:
        'Flow {flow} needs per-key order, but producer {producer} sends to {channel} without a messageGroupId.',
      consequence:
        'AWS refuses a message without a group on a FIFO channel, and one group for all of them is a single lane.',
    },
  },
  needs: [],
  check({ graph, design, report, passByDefault }) {
    const judged = new Set<string>();
    for (const [id, value] of design.flows) {
      if (value.ordering !== 'per-key') continue;
      for (const producer of producersOf(graph, value)) {
        if (judged.has(producer.id)) continue;
        judged.add(producer.id);
        const channel = graph.channel(producer.value.channel);
        const at = `producers/${producer.id}` as const;
        const data = { flow: id, producer: producer.id, channel: channel?.id ?? '' };
        if (channel && isFifo(channel)) {
          if (producer.value.messageGroupId !== undefined) continue;
          const fix = keyFix(graph, value, producer, 'messageGroupId');
          report({ at, field: 'messageGroupId', messageId: 'group', data, fix });
        } else if (channel && isPartitioned(graph, channel)) {
          if (producer.value.partitionKey !== undefined) continue;
          const messages = (producer.value.messages ?? []).filter(
            (message) => design.messages.get(message)?.aggregateIdPath === undefined,
          );
          if (messages.length === 0 && producer.value.messages?.length) {
            passByDefault({ at, attribute: 'producers.partitionKey' });
            continue;
          }
          const fix = keyFix(graph, value, producer, 'partitionKey');
          const named = listed(messages) || 'its messages';
          report({
            at,
            field: 'partitionKey',
            messageId: 'partition',
            data: { ...data, messages: named },
            fix,
          });
        }
      }
    }
  },
});

function producersOf(graph: Graph, flow: Flow): readonly Named<Producer>[] {
  return (flow.from ?? []).flatMap((id) => {
    const value = graph.design.producers.get(id);
    return value ? [{ id, value }] : [];
  });
}

const isFifo = (channel: Channel): boolean =>
  (channel.section === 'queues' && channel.value.type === 'fifo') ||
  (channel.section === 'topics' && channel.value.fifo === true);

/** A log of several partitions whose broker picks the partition by key. */
function isPartitioned(graph: Graph, channel: Channel): boolean {
  if (channel.section !== 'streams' || channel.value.partitions === 1) return false;
  const broker = graph.brokerKindOf(channel);
  return broker === 'kafka' || broker === 'kinesis' || broker === 'redis';
}

/** The key of the flow, or else the one that all messages of the producer share; without either a person must say. */
function keyFix(
  graph: Graph,
  flow: Flow,
  { id, value }: Named<Producer>,
  field: 'partitionKey' | 'messageGroupId',
) {
  const paths = new Set(
    (value.messages ?? []).map((message) => graph.design.messages.get(message)?.aggregateIdPath),
  );
  const key = flow.orderingKey ?? (paths.size === 1 ? [...paths][0] : undefined);
  if (key === undefined) return undefined;
  return {
    label: `Use ${key} as the key`,
    patches: () => [{ op: 'set' as const, path: ['producers', id, field], value: key }],
  };
}
