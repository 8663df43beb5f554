import { type ElementAddress, type Flow, parseAddress } from '../design/design.ts';
import type { Graph, Named } from '../design/graph.ts';

/** Flows that begin or end at an element, or that pass through a channel by the endpoints drawn on it. */
function flowsThrough(graph: Graph, at: ElementAddress): readonly Named<Flow>[] {
  const address = parseAddress(at);
  if (!address) return [];
  const { section, id } = address;
  if (section === 'flows') {
    const value = graph.design.flows.get(id);
    return value ? [{ id, value }] : [];
  }
  if (section === 'producers' || section === 'consumers') return graph.flowsOf(at);
  if (graph.channel(id)?.section !== section) return [];
  return [
    ...graph.producersOf(id).flatMap((producer) => graph.flowsOf(`producers/${producer.id}`)),
    ...graph.consumersOf(id).flatMap((consumer) => graph.flowsOf(`consumers/${consumer.id}`)),
  ];
}

/** Whether the author accepts lost messages here: the channel says so, or every flow through the element does. */
export function isLossTolerant(graph: Graph, at: ElementAddress): boolean {
  const address = parseAddress(at);
  const channel = address && graph.channel(address.id);
  if (channel && channel.section === address.section && channel.value.criticality === 'lossTolerant')
    return true;
  const flows = flowsThrough(graph, at);
  return flows.length > 0 && flows.every(({ value }) => value.criticality === 'lossTolerant');
}
