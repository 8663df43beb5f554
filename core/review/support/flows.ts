import type { Channel, Consumer, Flow, Producer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { flow } from '../../kinds/flow/index.ts';
import { parseDuration } from '../../units.ts';

const STANDARD_OUTAGE = parseDuration(flow.attributes.maxConsumerOutage.default.value) ?? 0;
const STANDARD_RECOVERY = parseDuration(flow.attributes.recoveryTarget.default.value) ?? 0;

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

/** Whether the consumers of a flow rely on an order. */
export const isOrdered = ({ ordering = 'none' }: Flow): boolean => ordering !== 'none';

/** The longest time that a consumer may be away without losing messages, in ms: its own, else that of its flows. */
export function longestOutage(graph: Graph, { id, value }: Named<Consumer>): number {
  const own = parseDuration(value.maxOutage ?? '');
  if (own !== undefined) return own;
  const flows = graph
    .flowsOf(`consumers/${id}`)
    .map((flow) => parseDuration(flow.value.maxConsumerOutage ?? ''));
  const stated = flows.filter((ms) => ms !== undefined);
  return stated.length > 0 ? Math.max(...stated) : STANDARD_OUTAGE;
}

/** The shortest latency target of the flows through the consumers of a channel, in ms. */
export function latencyTarget(graph: Graph, channel: string): number | undefined {
  const targets = graph
    .consumersOf(channel)
    .flatMap(({ id }) => graph.flowsOf(`consumers/${id}`))
    .flatMap(({ value }) => parseDuration(value.slo?.latencyP99 ?? '') ?? []);
  return targets.length > 0 ? Math.min(...targets) : undefined;
}

/** The shortest time in which the flows of a consumer want a backlog worked off, in ms. */
export function recoveryTarget(graph: Graph, { id }: Named<Consumer>): number {
  const targets = graph
    .flowsOf(`consumers/${id}`)
    .flatMap(({ value }) => parseDuration(value.recoveryTarget ?? '') ?? []);
  return targets.length > 0 ? Math.min(...targets) : STANDARD_RECOVERY;
}
