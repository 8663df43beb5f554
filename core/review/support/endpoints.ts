import type { Broker, Channel, Consumer, ElementAddress, ElementOf, Producer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import type { BrokerKind } from '../../kinds/brokers.ts';
import type { ChannelSection } from '../../kinds/registry.ts';

/** A producer or consumer with the channel and the broker that it is connected to. */
export interface Endpoint<T> extends Named<T> {
  readonly at: ElementAddress;
  readonly channel: Channel;
  readonly broker: Broker;
}

function* endpointsOn<T extends Producer | Consumer>(
  graph: Graph,
  section: 'producers' | 'consumers',
  elements: ReadonlyMap<string, T>,
  kind: BrokerKind,
): Generator<Endpoint<T>> {
  for (const [id, value] of elements) {
    const channel = graph.channel(value.channel);
    const broker = channel && graph.brokerOf(channel);
    if (channel && broker?.kind === kind) yield { id, value, at: `${section}/${id}`, channel, broker };
  }
}

/** Producers that publish to a channel of one kind of broker. */
export const producersOn = (graph: Graph, kind: BrokerKind): Iterable<Endpoint<Producer>> =>
  endpointsOn(graph, 'producers', graph.design.producers, kind);

/** Consumers that read a channel of one kind of broker. */
export const consumersOn = (graph: Graph, kind: BrokerKind): Iterable<Endpoint<Consumer>> =>
  endpointsOn(graph, 'consumers', graph.design.consumers, kind);

/** A channel that the author has drawn, with its broker. */
export interface Drawn<T> extends Named<T> {
  readonly at: ElementAddress;
  readonly broker: Broker;
}

/** Channels of one kind of broker, without what shorthand implies: that takes its settings from what is drawn. */
export function* drawnOn<S extends ChannelSection>(
  graph: Graph,
  section: S,
  kind: BrokerKind,
): Generator<Drawn<ElementOf<S>>> {
  // The compiler does not see that the section of `S` holds channels, which all have a broker.
  const elements = graph.design[section] as unknown as ReadonlyMap<string, ElementOf<S> & { broker: string }>;
  for (const [id, value] of elements) {
    const at: ElementAddress = `${section}/${id}`;
    const broker = graph.design.brokers.get(value.broker);
    if (broker?.kind === kind && !graph.origins.has(at)) yield { id, value, at, broker };
  }
}
