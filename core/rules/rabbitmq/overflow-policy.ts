import type { Consumer, Queue } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { isLossTolerant } from '../../review/criticality.ts';
import { defineRule } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { type Drawn, drawnOn, producersOn } from '../../review/support/endpoints.ts';
import { z } from '../../zod.ts';

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
  options: z.strictObject({}),
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
  check({ graph, report, passByDefault }) {
    let silent: ReadonlyMap<string, readonly string[]> | undefined;
    for (const queue of drawnOn(graph, 'queues', 'rabbitmq')) {
      const { id, at, value } = queue;
      const limit = limitOf(value);
      const field = 'overflow';
      const rejects = {
        label: 'Refuse messages beyond the limit',
        patches: () => [{ op: 'set' as const, path: ['queues', id, field], value: 'reject-publish' }],
      };
      if (value.overflow === 'reject-publish-dlx' && (value.type ?? 'quorum') === 'quorum') {
        report({ at, field, messageId: 'unsupported', data: { queue: id }, fix: rejects });
        continue;
      }
      if (limit === undefined) continue;
      if (value.overflow === undefined) passByDefault({ at, attribute: 'queues.overflow' });
      if (value.overflow === 'drop-head') {
        if ((value.deadLetter ?? false) !== false || isLossTolerant(graph, at)) continue;
        const severity = isCritical(graph, queue) ? 'error' : 'warn';
        report({ at, field, messageId: 'drop-head', data: { queue: id, limit }, severity, fix: rejects });
        continue;
      }
      silent ??= unconfirmedByQueue(graph);
      const producers = silent.get(id) ?? [];
      if (producers.length === 0) continue;
      report({
        at,
        field,
        messageId: 'unconfirmed',
        data: { queue: id, limit, producers: listed(producers) },
        fix: {
          label: 'Wait for the confirms',
          patches: () =>
            producers.map((producer) => ({
              op: 'set' as const,
              path: ['producers', producer, 'confirms'],
              value: true,
            })),
        },
      });
    }
  },
});

function limitOf({ maxLength, maxLengthBytes }: Queue): string | undefined {
  const limits = [
    ...(maxLength === undefined ? [] : [`${maxLength} messages`]),
    ...(maxLengthBytes ? [maxLengthBytes] : []),
  ];
  return limits.length > 0 ? limits.join(' or ') : undefined;
}

/** Producers without confirms, by the queues that they can reach. */
function unconfirmedByQueue(graph: Graph): ReadonlyMap<string, readonly string[]> {
  const producers = new Map<string, string[]>();
  for (const producer of producersOn(graph, 'rabbitmq')) {
    if (producer.value.confirms !== false) continue;
    const emissions = graph.emissionsOf(producer);
    const reached = new Set(
      emissions.flatMap((emission) => [...graph.receivers(producer.channel.id, emission)]),
    );
    if (producer.channel.section === 'queues') reached.add(producer.channel.id);
    for (const queue of reached) producers.set(queue, [...(producers.get(queue) ?? []), producer.id]);
  }
  return producers;
}

function isCritical(graph: Graph, { id, value }: Drawn<Queue>): boolean {
  const isCriticalFlow = (consumer: Named<Consumer>): boolean =>
    graph.flowsOf(`consumers/${consumer.id}`).some((flow) => flow.value.criticality === 'critical');
  return value.criticality === 'critical' || graph.consumersOf(id).some(isCriticalFlow);
}
