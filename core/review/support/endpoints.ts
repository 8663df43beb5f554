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

function endpointOn<T extends Producer | Consumer>(
  graph: Graph,
  kind: BrokerKind,
  { id, value }: Named<T>,
  section: 'producers' | 'consumers',
): Endpoint<T> | undefined {
  const channel = graph.channel(value.channel);
  const broker = channel && graph.brokerOf(channel);
  return channel && broker?.kind === kind
    ? { id, value, at: `${section}/${id}`, channel, broker }
    : undefined;
}

/** A producer that publishes to a channel of one kind of broker; `undefined` for any other. */
export const producerOn = (graph: Graph, kind: BrokerKind, producer: Named<Producer>) =>
  endpointOn(graph, kind, producer, 'producers');

/** A consumer that reads a channel of one kind of broker; `undefined` for any other. */
export const consumerOn = (graph: Graph, kind: BrokerKind, consumer: Named<Consumer>) =>
  endpointOn(graph, kind, consumer, 'consumers');

/** A channel that the author has drawn, with its broker. */
export interface Drawn<T> extends Named<T> {
  readonly at: ElementAddress;
  readonly broker: Broker;
}

/**
 * A channel of one kind of broker that the author has drawn; `undefined` for any other. What shorthand implies takes
 * its settings from what is drawn, so it is judged there.
 */
export function drawnOn<S extends ChannelSection>(
  graph: Graph,
  kind: BrokerKind,
  section: S,
  { id, value }: Named<ElementOf<S> & { readonly broker: string }>,
): Drawn<ElementOf<S>> | undefined {
  const at: ElementAddress = `${section}/${id}`;
  const broker = graph.design.brokers.get(value.broker);
  return broker?.kind === kind && !graph.origins.has(at) ? { id, value, at, broker } : undefined;
}
