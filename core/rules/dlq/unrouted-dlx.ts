import { freshId } from '../../commands/names.ts';
import type { Queue } from '../../design/design.ts';
import type { Emission, Graph } from '../../design/graph.ts';
import { type DeadLetter, deadLetterOf } from '../../design/policies.ts';
import { question } from '../../review/incremental/observed.ts';
import { defineRule, type FixProposal, noOptions } from '../../review/rule.ts';
import { reachesQueue } from '../../review/support/channels.ts';
import type { Patch } from '../../text/patch.ts';
import { ID } from '../../text/schema.ts';

export const unroutedDlx = defineRule({
  id: 'dlq/unrouted-dlx',
  meta: {
    severity: 'error',
    brokers: ['rabbitmq'],
    fix: 'auto',
    title: 'Dead-letter exchanges lead to a queue',
    docs: {
      what: 'A queue that names a dead-letter exchange needs that exchange on its own broker, and a binding from it to a queue that matches the routing key of the dead letters: `deadLetter.routingKey`, else the name of the target, else the keys with which the messages were published; where the design does not show what is published, the answer is unknown.',
      why: 'RabbitMQ does not check a dead-letter exchange: where it does not exist, or no binding matches, the dead letter is dropped without an error. The dead-letter queue stays empty, which reads like good health.',
    },
    sources: ['https://www.rabbitmq.com/docs/dlx'],
  },
  options: noOptions,
  messages: {
    undeclared: {
      message: 'Queue {queue} dead-letters to exchange {exchange}, which broker {broker} does not have.',
      consequence: 'RabbitMQ drops every dead letter of the queue without an error.',
    },
    unmatched: {
      message: 'Exchange {exchange} has no binding that matches the dead letters of queue {queue} ({key}).',
      consequence: 'RabbitMQ drops these dead letters without an error.',
    },
  },
  needs: ['queues.deadLetter'],
  each: {
    queues({ graph, design, report, unknown }, { id, value: queue }) {
      const deadLetter = deadLetterOf(id, queue.deadLetter);
      // The empty name is that of the default exchange, which every broker has.
      if (!deadLetter?.exchange || design.brokers.get(queue.broker)?.kind !== 'rabbitmq') return;
      const { exchange } = deadLetter;
      const at = { at: `queues/${id}`, field: 'deadLetter.exchange' } as const;
      const fix = routeFix(graph, id, queue, deadLetter);
      if (design.exchanges.get(exchange)?.broker !== queue.broker) {
        report({ ...at, messageId: 'undeclared', data: { queue: id, exchange, broker: queue.broker }, fix });
        return;
      }
      const arriving = emissionsArrivingAt(graph, id);
      if (!hasKnownKey(graph, exchange, deadLetter, arriving)) {
        unknown({ at: at.at, attribute: 'queues.deadLetter' });
        return;
      }
      const key = lostKey(graph, exchange, deadLetter, arriving);
      if (key !== undefined)
        report({ ...at, messageId: 'unmatched', data: { queue: id, exchange, key }, fix });
    },
  },
});

/** What a queue can receive. */
const emissionsArrivingAt = question(
  (graph: Graph, queue: string): readonly Emission[] => emissionsByReceiver(graph).get(queue) ?? [],
);

const emissions = new WeakMap<Graph, ReadonlyMap<string, readonly Emission[]>>();

/** What each queue or stream can receive. */
function emissionsByReceiver(graph: Graph): ReadonlyMap<string, readonly Emission[]> {
  const known = emissions.get(graph);
  if (known) return known;
  const received = new Map<string, Emission[]>();
  for (const [id, value] of graph.design.producers) {
    for (const emission of graph.emissionsOf({ id, value })) {
      for (const channel of graph.receivers(value.channel ?? '', emission)) {
        const list = received.get(channel);
        if (list) list.push(emission);
        else received.set(channel, [emission]);
      }
    }
  }
  emissions.set(graph, received);
  return received;
}

/** Whether it can be said where dead letters go: by a key of their own, by what arrives, or whatever their key is. */
function hasKnownKey(
  graph: Graph,
  exchange: string,
  { routingKey, target }: DeadLetter,
  arriving: readonly Emission[],
): boolean {
  const byKey = ['direct', 'topic'].includes(graph.design.exchanges.get(exchange)?.type ?? 'topic');
  return (
    !byKey ||
    routingKey !== undefined ||
    target !== undefined ||
    arriving.length > 0 ||
    !reachesQueue(graph, exchange)
  );
}

/** A routing key with which dead letters are dropped, in words; `undefined` when all of them reach a queue. */
function lostKey(
  graph: Graph,
  exchange: string,
  { routingKey, target }: DeadLetter,
  arriving: readonly Emission[],
): string | undefined {
  const fixed = routingKey ?? target;
  const letters = arriving.length > 0 ? arriving : [{ message: '', routingKey: '', headers: {} }];
  const lost = letters
    .map((letter) => (fixed === undefined ? letter : { ...letter, routingKey: fixed }))
    .find((letter) => graph.receivers(exchange, letter).size === 0);
  return lost && `routing key ${JSON.stringify(lost.routingKey)}`;
}

/** Declares what is missing between the queue and a dead-letter queue of its own; `undefined` where a name cannot be used. */
function routeFix(graph: Graph, id: string, queue: Queue, deadLetter: DeadLetter): FixProposal | undefined {
  const { design } = graph;
  const { exchange = '', target = `${id}.dlq`, routingKey = target } = deadLetter;
  const drawn = graph.channel(exchange);
  const receiver = graph.channel(target);
  if (!ID.test(exchange) || exchange === target) return undefined;
  const usable = (channel: typeof drawn, section: 'exchanges' | 'queues'): boolean =>
    !channel || (channel.section === section && channel.value.broker === queue.broker);
  if (!usable(drawn, 'exchanges') || !usable(receiver, 'queues')) return undefined;

  const type = drawn?.section === 'exchanges' ? (drawn.value.type ?? 'topic') : 'direct';
  const byKey = type === 'direct' || type === 'topic';
  const { broker } = queue;
  const patches: Patch[] = [
    ...(drawn ? [] : [set(['exchanges', exchange], { broker, type })]),
    ...(receiver ? [] : [set(['queues', target], { broker, role: 'dead-letter' })]),
    ...(deadLetter.target === undefined ? [set(['queues', id, 'deadLetter', 'target'], target)] : []),
    set(['bindings', freshId(design, 'bindings', `${id}-dead-letters`)], {
      source: exchange,
      destination: target,
      ...(byKey ? { routingKey } : {}),
    }),
  ];
  return { label: `Bind ${target} to ${exchange}`, patches: () => patches };
}

const set = (path: readonly string[], value: unknown): Patch => ({ op: 'set', path, value });
