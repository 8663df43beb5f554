import type { Channel } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { nameOfChannel, reachesQueue } from '../../review/support/channels.ts';
import type { Patch } from '../../text/patch.ts';

export const unroutableHandled = defineRule({
  id: 'rabbitmq/unroutable-handled',
  meta: {
    severity: 'error',
    brokers: ['rabbitmq'],
    fix: 'auto',
    title: 'Unroutable messages are noticed',
    docs: {
      what: 'A producer on RabbitMQ must publish with `mandatory` and handle what is returned, or its exchange needs an alternate exchange that leads to a queue. A missing `mandatory` passes, since the generated producer sets it and reports a returned message as an error.',
      why: 'RabbitMQ confirms a message that no binding matches and then drops it. One renamed routing key, or one binding that a deploy forgot, loses every message while the publisher reports success.',
    },
    sources: ['https://www.rabbitmq.com/docs/publishers#unroutable', 'https://www.rabbitmq.com/docs/ae'],
  },
  options: noOptions,
  messages: {
    'not-mandatory': {
      message:
        'Producer {producer} publishes to {channel} with mandatory: false, and no alternate exchange keeps what is unroutable.',
      consequence: 'A message that no queue takes is confirmed and dropped.',
    },
    ignored: {
      message:
        'Producer {producer} ignores messages that {channel} returns (onReturn: ignore), and no alternate exchange keeps them.',
      consequence: 'A message that no queue takes is dropped, and nobody is told.',
    },
  },
  needs: [],
  each: {
    producers({ graph, report, passByDefault }, { id, value: producer }) {
      const channel = graph.channel(producer.channel);
      if (!channel || graph.brokerKindOf(channel) !== 'rabbitmq' || keepsUnroutable(graph, channel)) return;
      const at = `producers/${id}` as const;
      if (producer.mandatory === undefined) passByDefault({ at, attribute: 'producers.mandatory' });
      const ignored = producer.onReturn === 'ignore';
      if (producer.mandatory !== false && !ignored) return;
      const patches: readonly Patch[] = [
        ...(producer.mandatory === false ? [set(id, 'mandatory', true)] : []),
        ...(ignored ? [set(id, 'onReturn', 'error')] : []),
      ];
      report({
        at,
        field: producer.mandatory === false ? 'mandatory' : 'onReturn',
        messageId: producer.mandatory === false ? 'not-mandatory' : 'ignored',
        data: { producer: id, channel: nameOfChannel(channel) },
        fix: { label: 'Report unroutable messages as errors', patches: () => patches },
      });
    },
  },
});

/** Whether what no binding matches goes to an alternate exchange that leads to a queue. */
function keepsUnroutable(graph: Graph, channel: Channel): boolean {
  return (
    channel.section === 'exchanges' &&
    channel.value.alternateExchange !== undefined &&
    reachesQueue(graph, channel.value.alternateExchange)
  );
}

const set = (producer: string, field: string, value: unknown): Patch => ({
  op: 'set',
  path: ['producers', producer, field],
  value,
});
