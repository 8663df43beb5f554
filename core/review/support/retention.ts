import type { Channel } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import type { BrokerKind } from '../../kinds/brokers.ts';
import { parseDuration } from '../../units.ts';
import { arrivalRate } from './load.ts';

/**
 * How long a broker keeps a message where nobody says. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html,
 * https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html,
 * https://kafka.apache.org/documentation/#topicconfigs_retention.ms
 */
export const brokerRetention = { kafka: '7d', kinesis: '24h', sqs: '4d' } as const satisfies Partial<
  Record<BrokerKind, string>
>;

/** The longest that a broker can be told to keep a message. */
export const longestRetention = { kinesis: '365d', sqs: '14d' } as const satisfies Partial<
  Record<BrokerKind, string>
>;

/** Retention that a broker applies by itself to a channel that states none; `undefined` where it has none or has no say. */
export function defaultRetention(graph: Graph, channel: Channel): string | undefined {
  const broker = graph.brokerKindOf(channel);
  if (channel.section === 'streams' && (broker === 'kafka' || broker === 'kinesis'))
    return brokerRetention[broker];
  return channel.section === 'queues' && broker === 'sqs' ? brokerRetention.sqs : undefined;
}

/** How long a channel keeps its messages. */
export interface Retention {
  /** As a sentence says it, such as `7d` or `100000 entries`. */
  readonly text: string;
  /** In ms; `undefined` where it depends on a rate that the design does not state. */
  readonly ms: number | undefined;
  /** Whether the broker's default applies. */
  readonly isDefault: boolean;
  /** Attribute that decides. */
  readonly field: string;
}

/** What limits how long a message is kept; `undefined` where nothing does, or a compacted topic keeps the last of each key. */
export function retentionOf(graph: Graph, channel: Channel): Retention | undefined {
  const standard = defaultRetention(graph, channel);
  if (channel.section === 'queues') {
    if (standard === undefined) return timed(channel.value.messageTtl, 'messageTtl');
    return timed(channel.value.retention, 'retention') ?? timed(standard, 'retention', true);
  }
  if (channel.section !== 'streams' || channel.value.cleanup === 'compact') return undefined;
  const { retention, maxLen } = channel.value;
  if (retention !== undefined) return timed(retention, 'retention');
  if (maxLen !== undefined && graph.brokerKindOf(channel) === 'redis') {
    const rate = arrivalRate(graph, channel.id);
    const ms = rate === undefined ? undefined : (maxLen / rate) * 1000;
    return { text: `${maxLen} entries`, ms, isDefault: false, field: 'maxLen' };
  }
  return timed(standard, 'retention', true);
}

const timed = (text: string | undefined, field: string, isDefault = false): Retention | undefined =>
  text === undefined ? undefined : { text, ms: parseDuration(text), isDefault, field };

/** A duration of whole days, or of whole hours below two days, as a design would say it. */
export function atLeast(ms: number): string {
  const hours = Number((ms / 3_600_000).toFixed(6));
  return hours >= 48 ? `${Math.ceil(hours / 24)}d` : `${Math.ceil(hours)}h`;
}
