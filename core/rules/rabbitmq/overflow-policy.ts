import type { Consumer, Queue } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { isLossTolerant } from '../../review/criticality.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { type Drawn, drawnOn } from '../../review/support/endpoints.ts';

export const overflowPolicy = defineRule({
  id: 'rabbitmq/overflow-policy',
  meta: {
    severity: 'error',
    brokers: ['rabbitmq'],
    fix: 'suggest',
    title: 'A full queue loses nothing silently',
    docs: {
      what: 'A queue with a limit (`maxLength`, `maxLengthBytes`) must not use `overflow: drop-head` without a dead-letter destination, unless losing messages is accepted: an error on a critical queue, else a warning. `reject-publish` needs producers with confirms, which is how they learn of the refusal. `reject-publish-dlx` exists on classic queues alone. A missing `overflow` passes, since the generated queue rejects; the default of RabbitMQ is `drop-head`.',
      why: 'A queue fills up when its consumers are down, which is when its messages matter. `drop-head` then throws the oldest away, one for each new one, and no client is told. A refusal without confirms is the same loss at the other end.',
    },
    sources: [sources.rabbitMaxLength, sources.rabbitQuorum],
  },
  options: noOptions,
  messages: {
    unsupported: {
      message: 'Quorum queue {queue} asks for overflow: reject-publish-dlx, which classic queues alone have.',
      consequence: 'RabbitMQ refuses to declare the queue.',
    },
    'drop-head': {
      message:
        'Queue {queue} drops its oldest message for each one beyond {limit}, and has no dead-letter destination.',
      consequence: 'Messages are lost while the consumers are down, and nobody is told.',
    },
    unconfirmed: {
      message: 'Queue {queue} refuses messages beyond {limit}, and {producers} publish without confirms.',
      consequence: 'What the queue refuses counts as sent and is lost.',
    },
  },
  needs: [],
  each: {
    drawnQueues({ graph, report, passByDefault }, queue) {
      const drawn = drawnOn(graph, 'rabbitmq', 'queues', queue);
      if (!drawn) return;
      const { id, at, value } = drawn;
      const limit = limitOf(value);
      const field = 'overflow';
      const rejects = {
        label: 'Refuse messages beyond the limit',
        patches: () => [{ op: 'set' as const, path: ['queues', id, field], value: 'reject-publish' }],
      };
      if (value.overflow === 'reject-publish-dlx' && (value.type ?? 'quorum') === 'quorum') {
        report({ at, field, messageId: 'unsupported', data: { queue: id }, fix: rejects });
        return;
      }
      if (limit === undefined) return;
      if (value.overflow === undefined) passByDefault({ at, attribute: 'queues.overflow' });
      if (value.overflow === 'drop-head') {
        if ((value.deadLetter ?? false) !== false || isLossTolerant(graph, at)) return;
        const severity = isCritical(graph, drawn) ? 'error' : 'warn';
        report({ at, field, messageId: 'drop-head', data: { queue: id, limit }, severity, fix: rejects });
        return;
      }
      const producers = graph.sendersTo(id).filter((sender) => sender.value.confirms === false);
      if (producers.length === 0) return;
      report({
        at,
        field,
        messageId: 'unconfirmed',
        data: { queue: id, limit, producers: listed(producers.map((producer) => producer.id)) },
        fix: {
          label: 'Wait for the confirms',
          patches: () =>
            producers.map((producer) => ({
              op: 'set' as const,
              path: ['producers', producer.id, 'confirms'],
              value: true,
            })),
        },
      });
    },
  },
});

function limitOf({ maxLength, maxLengthBytes }: Queue): string | undefined {
  const limits = [
    ...(maxLength === undefined ? [] : [`${maxLength} messages`]),
    ...(maxLengthBytes ? [maxLengthBytes] : []),
  ];
  return limits.length > 0 ? limits.join(' or ') : undefined;
}

function isCritical(graph: Graph, { id, value }: Drawn<Queue>): boolean {
  const isCriticalFlow = (consumer: Named<Consumer>): boolean =>
    graph.flowsOf(`consumers/${consumer.id}`).some((flow) => flow.value.criticality === 'critical');
  return value.criticality === 'critical' || graph.consumersOf(id).some(isCriticalFlow);
}
