import type { Producer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { producerOn } from '../../review/support/endpoints.ts';
import { instancesOf } from '../../review/support/instances.ts';
import { z } from '../../zod.ts';

const standard = { groupsPerHandler: 2 };

export const fifoGroupKey = defineRule({
  id: 'sqs/fifo-group-key',
  meta: {
    severity: 'error',
    brokers: ['sqs'],
    fix: 'suggest',
    title: 'FIFO queues have many message groups',
    docs: {
      what: 'A producer on a FIFO queue needs a `messageGroupId` that differs from message to message: a JSON pointer to the entity, or `aggregateIdPath` on each of its messages, which is what the generator uses where `messageGroupId` is missing. A value that is no pointer is one group for everything. The groups in use (`keyCardinality`) should be at least twice as many as the handlers that work on the queue (a warning); where there is more than one handler and the number is missing, the answer is unknown. A missing key on a flow with order is reported by ordering/partition-key-required.',
      why: 'While a message of a group is in work, SQS gives out no other of that group. One group for everything turns the queue into a single file: adding consumers changes nothing, and one slow message stops all of it.',
    },
    sources: [
      sources.sqsFifo,
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      groupsPerHandler: z
        .number()
        .positive()
        .default(standard.groupsPerHandler)
        .describe('Message groups in use for each handler that works on the queue.'),
    }),
  messages: {
    missing: {
      message: 'Producer {producer} sends {messages} to FIFO queue {queue} without a message group.',
      consequence: 'SQS refuses every message.',
    },
    constant: {
      message: 'Producer {producer} sends everything to FIFO queue {queue} in one message group ({group}).',
      consequence: 'Messages are processed one after another, however many consumers there are.',
    },
    few: {
      message:
        'Producer {producer} uses {groups} message groups on FIFO queue {queue}, where {handlers} handlers could work.',
      consequence: 'Handlers stand idle while messages wait behind one of their own group.',
    },
  },
  needs: ['producers.keyCardinality'],
  each: {
    producers({ graph, options, report, unknown, passByDefault }, producer) {
      const endpoint = producerOn(graph, 'sqs', producer);
      if (endpoint?.channel.section !== 'queues' || endpoint.channel.value.type !== 'fifo') return;
      const { id, at, value, channel } = endpoint;
      const queue = channel.id;
      const field = 'messageGroupId';
      const group = value.messageGroupId;
      const keyless = (value.messages ?? []).filter((name) => keyOf(graph, name) === undefined);
      if (group === undefined && (keyless.length > 0 || !value.messages?.length)) {
        if (graph.flowsOf(at).some((flow) => flow.value.ordering === 'per-key')) return;
        const data = { producer: id, queue, messages: listed(keyless) || 'its messages' };
        report({ at, field, messageId: 'missing', data, fix: keyFix(graph, producer) });
        return;
      }
      if (group !== undefined && !group.startsWith('/')) {
        const data = { producer: id, queue, group };
        report({ at, field, messageId: 'constant', data, fix: keyFix(graph, producer) });
        return;
      }
      if (group === undefined) passByDefault({ at, attribute: 'producers.messageGroupId' });
      const handlers = graph
        .consumersOf(queue)
        .reduce((sum, consumer) => sum + instancesOf(graph, consumer) * (consumer.value.concurrency ?? 1), 0);
      if (handlers < 2) return;
      const groups = value.keyCardinality;
      if (groups === undefined) unknown({ at, attribute: 'producers.keyCardinality' });
      else if (groups < options.groupsPerHandler * handlers)
        report({
          at,
          field: 'keyCardinality',
          messageId: 'few',
          data: { producer: id, queue, groups, handlers },
          severity: 'warn',
        });
    },
  },
});

const keyOf = (graph: Graph, message: string): string | undefined =>
  graph.design.messages.get(message)?.aggregateIdPath;

/** The id of the entity, where all messages have it in the same place; otherwise a person must say. */
function keyFix(graph: Graph, { id, value }: Named<Producer>) {
  const [path, ...others] = new Set((value.messages ?? []).map((message) => keyOf(graph, message)));
  if (path === undefined || others.length > 0) return undefined;
  return {
    label: `Use ${path} as the message group`,
    patches: () => [{ op: 'set' as const, path: ['producers', id, 'messageGroupId'], value: path }],
  };
}
