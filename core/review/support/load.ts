import type { Channel, Consumer, Producer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { consumer as consumerKind } from '../../kinds/consumer/index.ts';
import { stream as streamKind } from '../../kinds/stream/index.ts';
import { parseDuration, parseRate } from '../../units.ts';
import { grouped, groupOf, instancesOf } from './instances.ts';

/** Partitions of a stream, by default those that are generated; `undefined` where Kinesis counts its shards itself. */
export function partitionsOf(graph: Graph, channel: Channel): number | undefined {
  if (channel.section !== 'streams') return undefined;
  const { partitions, mode = 'on-demand' } = channel.value;
  if (graph.brokerKindOf(channel) === 'kinesis' && mode === 'on-demand') return undefined;
  return partitions ?? streamKind.attributes.partitions.default.value;
}

export const concurrencyOf = ({ value }: Named<Consumer>): number =>
  value.concurrency ?? consumerKind.attributes.concurrency.default.value;

/** Messages per second that arrive at a channel; `undefined` when a producer does not say. */
export function arrivalRate(
  graph: Graph,
  channel: string,
  which: 'peak' | 'avg' = 'peak',
): number | undefined {
  const rates = graph.sendersTo(channel).map((producer) => rateOf(producer, which));
  return rates.length > 0 && rates.every((rate) => rate !== undefined)
    ? rates.reduce((sum, rate) => sum + rate, 0)
    : undefined;
}

/** Messages per second of a producer at the peak, or on average. */
export function rateOf({ value }: Named<Producer>, which: 'peak' | 'avg' = 'peak'): number | undefined {
  return parseRate(value.rate?.[which] ?? '');
}

/** Consumers that share the messages of a channel: all of a queue, those of one group of a stream. */
export interface Load {
  readonly channel: Channel;
  readonly consumers: readonly Named<Consumer>[];
  /** Messages that arrive per second at the peak; `undefined` when a producer does not say. */
  readonly rate: number | undefined;
  /** Mean time of the handlers in seconds, from `processing.p50`; `undefined` when a consumer does not say. */
  readonly service: number | undefined;
  /** Messages that are worked on at once with all instances: replicas × concurrency, on a log at most its lanes. */
  readonly lanes: number;
  /** Share of the capacity that the peak takes: rate × service ÷ lanes. */
  readonly utilisation: number | undefined;
}

/** By the graph that is asked: under observation that is one for each judgement, which so looks at all of it itself. */
const known = new WeakMap<Graph, Map<string, readonly Load[]>>();

/** The load of every group of consumers on a channel. Each producer counts whole. */
export function loadsAt(graph: Graph, channel: Channel): readonly Load[] {
  const loads = known.get(graph) ?? new Map<string, readonly Load[]>();
  known.set(graph, loads);
  const found = loads.get(channel.id) ?? computed(graph, channel);
  loads.set(channel.id, found);
  return found;
}

function computed(graph: Graph, channel: Channel): readonly Load[] {
  const groups = grouped(graph.consumersOf(channel.id), (consumer) =>
    channel.section === 'streams' ? groupOf(graph, consumer) : '',
  );
  return [...groups.values()].map((consumers) => loadOf(graph, channel, consumers));
}

function loadOf(graph: Graph, channel: Channel, consumers: readonly Named<Consumer>[]): Load {
  const rate = arrivalRate(graph, channel.id);
  const times = consumers.map(({ value }) => parseDuration(value.processing?.p50 ?? ''));
  // Consumers that share the work are usually alike; where they are not, the slowest decides.
  const service = times.every((time) => time !== undefined) ? Math.max(...times) / 1000 : undefined;
  const wanted = consumers.reduce(
    (sum, consumer) => sum + instancesOf(graph, consumer) * concurrencyOf(consumer),
    0,
  );
  const lanes = Math.min(wanted, lanesOf(graph, channel, consumers) ?? wanted);
  const utilisation = rate !== undefined && service !== undefined ? (rate * service) / lanes : undefined;
  return { channel, consumers, rate, service, lanes, utilisation };
}

/**
 * Records of a log that a group can work on at once: partitions × concurrencyPerPartition. Where that is not stated, a
 * member works on as many keys as it has handlers, whatever partition they are in.
 */
export function lanesOf(
  graph: Graph,
  channel: Channel,
  consumers: readonly Named<Consumer>[],
): number | undefined {
  const partitions = partitionsOf(graph, channel);
  if (partitions === undefined || consumers.some(({ value }) => value.groupType === 'share'))
    return undefined;
  return (
    partitions * Math.max(...consumers.map((one) => one.value.concurrencyPerPartition ?? concurrencyOf(one)))
  );
}
