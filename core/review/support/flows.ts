import type { Channel, Consumer, Flow, Producer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';

/** Consumers at the end of a flow, without names that lead nowhere. */
export const consumersAtEnd = (graph: Graph, { to = [] }: Flow): readonly Named<Consumer>[] =>
  to.flatMap((id) => {
    const value = graph.design.consumers.get(id);
    return value ? [{ id, value }] : [];
  });

/** Producers at the beginning of a flow, without names that lead nowhere. */
export const producersAtStart = (graph: Graph, { from = [] }: Flow): readonly Named<Producer>[] =>
  from.flatMap((id) => {
    const value = graph.design.producers.get(id);
    return value ? [{ id, value }] : [];
  });

/** Channels that the consumers of a flow read, each once. */
export function channelsAtEnd(graph: Graph, flow: Flow): readonly Channel[] {
  const ids = new Set(consumersAtEnd(graph, flow).map(({ value }) => value.channel));
  return [...ids].flatMap((id) => graph.channel(id) ?? []);
}
