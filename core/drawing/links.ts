import type { Origin } from '../design/derived.ts';
import { addressOf, type ElementAddress } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import { deadLetterOf, retryOf } from '../design/policies.ts';
import type { BrokerKind } from '../kinds/brokers.ts';
import { arrivalRate } from '../review/support/load.ts';

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
      label: rate(arrivalRate(graph, consumer.channel ?? '')),
      brokerKind: undefined,
    };
  }
}

/** What arrives at the peak, as people write it. */
const rate = (perSecond: number | undefined): string | undefined =>
  perSecond === undefined ? undefined : `${decimal.format(perSecond)}/s`;

// Made once: to make one takes as long as to write a hundred numbers.
const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

function* deadLettering(graph: Graph): Generator<SceneLink> {
  const link = (element: ElementAddress, from: ElementAddress, to: ElementAddress): SceneLink => ({
    id: `deadLetter:${element}`,
    kind: 'deadLetter',
    from,
    to,
    element,
    label: undefined,
    brokerKind: undefined,
  });
  for (const section of ['queues', 'consumers'] as const) {
    for (const [id, { deadLetter }] of graph.design[section]) {
      const stated = deadLetterOf(id, deadLetter);
      const to = channelAddress(graph, stated?.exchange || stated?.target);
      const from = addressOf(section, id);
      if (to) yield link(from, from, to);
    }
  }
  // What a subscription cannot deliver leaves from its topic: the subscription itself is a line.
  for (const [id, { topic, deadLetter }] of graph.design.subscriptions) {
    const from = channelAddress(graph, topic);
    const to = channelAddress(graph, deadLetter);
    if (from && to) yield link(addressOf('subscriptions', id), from, to);
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

/** The delays of an element as a chain, in the order in which its messages go through them. */
function* retries(graph: Graph): Generator<SceneLink> {
  const last = new Map<ElementAddress, ElementAddress>();
  for (const [address, origin] of graph.origins) {
    if (!isDelay(origin)) continue;
    const from = last.get(origin.address) ?? origin.address;
    last.set(origin.address, address);
    yield {
      id: `retry:${address}`,
      kind: 'retry',
      from,
      to: address,
      element: origin.address,
      label: undefined,
      brokerKind: undefined,
    };
  }
}

/** Whether an implied channel holds messages until their next attempt, or takes the replays of dead letters. */
export const isDelay = ({ field, role }: Origin): boolean => field === 'retry' || role === 'replay';

/** How many attempts a queue's consumers make, as the canvas writes it; `undefined` without a retry policy. */
export function retryFact(graph: Graph, id: string): string | undefined {
  const retry = retryOf(graph.design, graph.design.queues.get(id)?.retry);
  if (!retry) return undefined;
  if (retry.maxAttempts === 1) return 'no retry';
  return Number.isFinite(retry.maxAttempts) ? `retry ${retry.maxAttempts}×` : 'retry ∞';
}
