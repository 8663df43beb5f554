import { addressOf, type Channel, type ElementAddress, type Point, parseAddress } from '../design/design.ts';
import { Graph } from '../design/graph.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import type { Patch } from '../text/patch.ts';
import { defineCommand } from './command.ts';
import { freshId } from './names.ts';

/** A connection as it is drawn: a producer publishes to a channel, or a binding leads from an exchange. */
export interface Connection {
  /** The producer or binding that states it. */
  readonly element: ElementAddress;
}

/** What can be put into a connection. */
export type Insertable = 'exchanges' | 'topics';

export interface InsertArgs extends Connection {
  readonly section: Insertable;
  /** Position on the canvas. */
  readonly at: Point;
}

/** Whether an element of a section may stand in a connection; if not, the reason in one sentence. */
export type Fit =
  | { readonly ok: true; readonly broker: string | undefined }
  | { readonly ok: false; readonly reason: string };

/** Judges what a new element is held over; `element.insert` carries out exactly what is allowed here. */
export function canInsert(graph: Graph, element: ElementAddress, section: string): Fit {
  const found = parseAddress(element);
  if (found?.section === 'consumers')
    return no('A consumer reads a channel directly; nothing can stand between them.');
  if (section !== 'exchanges' && section !== 'topics')
    return no('Only an exchange or a topic passes messages on to another channel.');
  const to = targetOf(graph, element);
  if (!to || (found?.section !== 'producers' && found?.section !== 'bindings'))
    return no('Nothing can be put into this connection.');
  const kind = graph.brokerKindOf(to);
  if (section === 'exchanges')
    return kind === 'rabbitmq' && to.section !== 'topics'
      ? { ok: true, broker: to.value.broker }
      : no('Exchanges stand before queues, streams and exchanges of RabbitMQ.');
  return found.section === 'producers' && kind === 'sqs' && to.section === 'queues'
    ? { ok: true, broker: [...graph.design.brokers].find(([, broker]) => broker.kind === 'sns')?.[0] }
    : no('A topic stands between a producer and a queue of SQS.');
}

const no = (reason: string): Fit => ({ ok: false, reason });

/** The channel that a connection leads to. */
function targetOf(graph: Graph, element: ElementAddress): Channel | undefined {
  const found = parseAddress(element);
  if (found?.section === 'producers') return graph.channel(graph.design.producers.get(found.id)?.channel);
  if (found?.section === 'bindings') return graph.channel(graph.design.bindings.get(found.id)?.destination);
  return undefined;
}

/** The id that `element.insert` gives the new element. */
export const insertedId = ({ design }: Graph, section: Insertable): string => freshId(design, section);

/** Puts a new exchange or topic into a connection, which then leads through it; everything goes on to where it went. */
export const elementInsert = defineCommand({
  id: 'element.insert',
  label: ({ section }: InsertArgs) => `Insert ${section === 'topics' ? 'topic' : 'exchange'}`,
  history: 'record',
  apply: (design, { element, section, at }): Result<readonly Patch[], Problem> => {
    const graph = Graph.of(design);
    const fit = canInsert(graph, element, section);
    const from = parseAddress(element);
    const to = targetOf(graph, element);
    if (!fit.ok || !from || !to)
      return fail({
        code: 'LOOM_COMMAND',
        message: fit.ok ? `There is no ${element}.` : fit.reason,
        element,
      });
    const id = insertedId(graph, section);
    const broker = fit.broker ?? freshId(design, 'brokers', 'sns');
    const patches: Patch[] = [];
    if (!design.brokers.has(broker))
      patches.push({ op: 'set', path: ['brokers', broker], value: { kind: 'sns' } });
    const value = section === 'topics' ? { broker } : { broker, type: 'topic' };
    patches.push({ op: 'set', path: [section, id], value });
    patches.push({ op: 'set', path: ['layout', addressOf(section, id)], value: [...at] });
    patches.push(
      from.section === 'producers'
        ? { op: 'set', path: ['producers', from.id, 'channel'], value: id }
        : { op: 'set', path: ['bindings', from.id, 'destination'], value: id },
    );
    const onward = section === 'topics' ? 'subscriptions' : 'bindings';
    patches.push({
      op: 'set',
      path: [onward, freshId(design, onward, `${id}-${to.id}`)],
      value:
        section === 'topics'
          ? { topic: id, endpoint: to.id }
          : { source: id, destination: to.id, routingKey: '#' },
    });
    return ok(patches);
  },
});
