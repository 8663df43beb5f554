import { addressOf, type ElementAddress } from '../../core/design/design.ts';
import type { Graph } from '../../core/design/graph.ts';
import { deadLetterOf, retryOf } from '../../core/design/policies.ts';
import type { BrokerKind } from '../../core/kinds/brokers.ts';

export const linkKinds = ['publish', 'binding', 'consume', 'deadLetter', 'alternate', 'retry'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** A line between two elements. */
export interface SceneLink {
  readonly id: string;
  readonly kind: LinkKind;
  readonly from: ElementAddress;
  readonly to: ElementAddress;
  /** Element that states the connection; selecting the line selects it. */
  readonly element: ElementAddress;
  readonly label: string | undefined;
  readonly brokerKind: BrokerKind | undefined;
}

const LONGEST_LABEL = 26;
const short = (label: string): string =>
  label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;

/** Every connection of a design, in the order of the file. */
export function linksOf(graph: Graph, unfoldRetries: boolean): SceneLink[] {
  return [
    ...publishing(graph),
    ...bindings(graph),
    ...subscriptions(graph),
    ...consuming(graph),
    ...deadLettering(graph),
    ...alternates(graph),
    ...(unfoldRetries ? retries(graph) : []),
  ];
}

const channelAddress = (graph: Graph, id: string | undefined): ElementAddress | undefined => {
  const channel = graph.channel(id);
  return channel && addressOf(channel.section, channel.id);
};

function* publishing(graph: Graph): Generator<SceneLink> {
  for (const [id, producer] of graph.design.producers) {
    const to = channelAddress(graph, producer.channel);
    if (!to) continue;
    const from = addressOf('producers', id);
    const key = producer.partitionKey ?? producer.messageGroupId;
    yield {
      id: `publish:${id}`,
      kind: 'publish',
      from,
      to,
      element: from,
      label: key && short(`key ${key.replace(/^\//, '')}`),
      brokerKind: undefined,
    };
  }
}

function* bindings(graph: Graph): Generator<SceneLink> {
  for (const [id, binding] of graph.design.bindings) {
    const source = graph.channel(binding.source);
    const to = channelAddress(graph, binding.destination);
    if (source?.section !== 'exchanges' || !to) continue;
    yield {
      id: `binding:${id}`,
      kind: 'binding',
      from: addressOf('exchanges', binding.source),
      to,
      element: addressOf('bindings', id),
      label: bindingLabel(source.value.type ?? 'topic', binding),
      brokerKind: graph.brokerKindOf(source),
    };
  }
}

function* subscriptions(graph: Graph): Generator<SceneLink> {
  for (const [id, subscription] of graph.design.subscriptions) {
    const topic = graph.channel(subscription.topic);
    const to = channelAddress(graph, subscription.endpoint);
    if (topic?.section !== 'topics' || !to) continue;
    yield {
      id: `subscription:${id}`,
      kind: 'binding',
      from: addressOf('topics', subscription.topic),
      to,
      element: addressOf('subscriptions', id),
      label: subscription.filter && short(`filter ${Object.keys(subscription.filter).join(', ')}`),
      brokerKind: graph.brokerKindOf(topic),
    };
  }
}

function bindingLabel(
  type: string,
  binding: { routingKey?: string | undefined; headers?: Readonly<Record<string, unknown>> | undefined },
): string | undefined {
  if (type === 'fanout') return undefined;
  if (type === 'headers') {
    const pairs = Object.entries(binding.headers ?? {}).map(([name, value]) => `${name}=${String(value)}`);
    return pairs.length > 0 ? short(pairs.join(', ')) : 'any headers';
  }
  return short(binding.routingKey ?? (type === 'topic' ? '#' : '(empty key)'));
}

function* consuming(graph: Graph): Generator<SceneLink> {
  for (const [id, consumer] of graph.design.consumers) {
    const from = channelAddress(graph, consumer.channel);
    if (!from) continue;
    const to = addressOf('consumers', id);
    yield {
      id: `consume:${id}`,
      kind: 'consume',
      from,
      to,
      element: to,
      label: undefined,
      brokerKind: undefined,
    };
  }
}

function* deadLettering(graph: Graph): Generator<SceneLink> {
  for (const section of ['queues', 'consumers'] as const) {
    for (const [id, { deadLetter }] of graph.design[section]) {
      const stated = deadLetterOf(id, deadLetter);
      const to = channelAddress(graph, stated?.exchange || stated?.target);
      if (!to) continue;
      const from = addressOf(section, id);
      yield {
        id: `deadLetter:${from}`,
        kind: 'deadLetter',
        from,
        to,
        element: from,
        label: undefined,
        brokerKind: undefined,
      };
    }
  }
}

function* alternates(graph: Graph): Generator<SceneLink> {
  for (const [id, exchange] of graph.design.exchanges) {
    const to = channelAddress(graph, exchange.alternateExchange);
    if (!to) continue;
    const from = addressOf('exchanges', id);
    yield {
      id: `alternate:${id}`,
      kind: 'alternate',
      from,
      to,
      element: from,
      label: undefined,
      brokerKind: undefined,
    };
  }
}

function* retries(graph: Graph): Generator<SceneLink> {
  for (const [address, origin] of graph.origins) {
    if (origin.field !== 'retry' && origin.role !== 'replay') continue;
    yield {
      id: `retry:${address}`,
      kind: 'retry',
      from: origin.address,
      to: address,
      element: origin.address,
      label: undefined,
      brokerKind: undefined,
    };
  }
}

/** How many attempts a queue's consumers make, as the canvas writes it; `undefined` without a retry policy. */
export function retryFact(graph: Graph, id: string): string | undefined {
  const retry = retryOf(graph.design, graph.design.queues.get(id)?.retry);
  if (!retry) return undefined;
  if (retry.maxAttempts === 1) return 'no retry';
  return Number.isFinite(retry.maxAttempts) ? `retry ${retry.maxAttempts}×` : 'retry ∞';
}
