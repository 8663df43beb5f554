import type { Channel, Producer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { defineRule, type MessageTemplates, type RuleContext } from '../../review/rule.ts';
import { nameOfChannel } from '../../review/support/channels.ts';
import { isOrdered } from '../../review/support/flows.ts';
import { partitionsOf, rateOf } from '../../review/support/load.ts';
import { rounded } from '../../review/support/scale.ts';
import { parseDuration } from '../../units.ts';
import { z } from '../../zod.ts';

const messages = {
  lane: {
    message:
      'The busiest key of producer {producer} takes {share} % of {rate} messages/s; {consumer} works off {capacity}/s of one key.',
    consequence:
      'Messages of this key wait longer and longer, however many instances are added: order lets only one work at a time.',
  },
  quota: {
    message:
      'The busiest key of producer {producer} takes {share} % of {rate} messages/s; {channel} takes {limit}/s of one key.',
    consequence:
      'Publishes of this key are throttled; more shards or groups do not help, since a key stays on one.',
  },
  'few-keys': {
    message: 'Producer {producer} spreads {keys} keys over {partitions} partitions of {channel}.',
    consequence:
      'Some partitions get several busy keys and others none: part of the consumers stands idle while the rest falls behind.',
  },
} as const satisfies MessageTemplates;

type Needs = 'producers.hotKeyShare' | 'producers.keyCardinality' | 'producers.rate';
type Context = RuleContext<{ readonly keysPerPartition: number }, typeof messages, Needs>;

/** Records per second of one key: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html */
const SHARD_RATE = 1000;
/** A message group stays on one partition of a FIFO queue: 300 calls of ten messages. */
const GROUP_RATE = 3000;

const standard = { keysPerPartition: 10 };

export const hotKey = defineRule({
  id: 'capacity/hot-key',
  meta: {
    severity: 'warn',
    brokers: ['kafka', 'kinesis', 'redis', 'sqs', 'sns'],
    fix: 'none',
    title: 'No key is busier than one lane',
    docs: {
      what: 'Where messages are spread by key and a flow relies on the order of a key, or the channel has a quota for a key (1,000 records/s on Kinesis, 3,000 messages/s in batches of ten for a message group of SQS or SNS FIFO), the busiest key (`hotKeyShare` × peak rate) must fit. A producer needs many more keys (`keyCardinality`) than there are partitions. Where one of these is missing the answer is unknown.',
      why: 'One customer places every second order. His partition falls behind, the others are idle, and adding partitions, shards or instances changes nothing, since a key stays on one. Averages and minute metrics hide it.',
    },
    sources: [
      'https://github.com/awslabs/kinesis-hot-shard-advisor',
      'https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html',
      'https://kafka.apache.org/documentation/#design_loadbalancing',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      keysPerPartition: z
        .number()
        .positive()
        .default(standard.keysPerPartition)
        .describe('How many keys there must be for each partition.'),
    }),
  messages,
  needs: ['producers.hotKeyShare', 'producers.keyCardinality', 'producers.rate'],
  each: {
    producers(context, producer) {
      const { graph, unknown } = context;
      const channel = graph.channel(producer.value.channel);
      if (!channel || !isKeyed(graph, channel)) return;
      const ordered = graph.flowsOf(`producers/${producer.id}`).some(({ value }) => isOrdered(value));
      const quota = quotaOf(graph, channel);
      if (!ordered && quota === undefined) return;
      const at = `producers/${producer.id}` as const;
      const { hotKeyShare, keyCardinality } = producer.value;
      const rate = rateOf(producer);
      if (rate === undefined) unknown({ at, attribute: 'producers.rate' });
      if (hotKeyShare === undefined) unknown({ at, attribute: 'producers.hotKeyShare' });
      else if (rate !== undefined)
        judgeHotKey(context, producer, channel, { rate, share: hotKeyShare, ordered, quota });
      judgeSpread(context, producer, channel, keyCardinality);
    },
  },
});

/** Whether a channel spreads messages by key over several lanes. */
function isKeyed(graph: Graph, channel: Channel): boolean {
  if (channel.section === 'queues') return channel.value.type === 'fifo';
  if (channel.section === 'topics') return channel.value.fifo === true;
  const broker = graph.brokerKindOf(channel);
  const byKey = broker === 'kafka' || broker === 'kinesis' || broker === 'redis';
  return channel.section === 'streams' && byKey && partitionsOf(graph, channel) !== 1;
}

/** Messages of one key that a channel takes in a second; `undefined` where no quota is published. */
function quotaOf(graph: Graph, channel: Channel): number | undefined {
  if (channel.section !== 'streams') return GROUP_RATE;
  return graph.brokerKindOf(channel) === 'kinesis' ? SHARD_RATE : undefined;
}

interface Key {
  readonly rate: number;
  /** Share of the rate that the busiest key takes. */
  readonly share: number;
  readonly ordered: boolean;
  readonly quota: number | undefined;
}

function judgeHotKey(
  { graph, report }: Context,
  producer: Named<Producer>,
  channel: Channel,
  key: Key,
): void {
  const { rate, share, ordered, quota } = key;
  const hot = rate * share;
  const at = { at: `producers/${producer.id}`, field: 'hotKeyShare' } as const;
  const data = { producer: producer.id, share: rounded(share * 100), rate };
  if (quota !== undefined && hot > quota) {
    report({ ...at, messageId: 'quota', data: { ...data, channel: nameOfChannel(channel), limit: quota } });
    return;
  }
  if (!ordered) return;
  for (const consumer of graph.consumersOf(channel.id)) {
    const time = parseDuration(consumer.value.processing?.p50 ?? '');
    if (time === undefined || (hot * time) / 1000 <= 1) continue;
    report({
      ...at,
      messageId: 'lane',
      data: { ...data, consumer: consumer.id, capacity: rounded(1000 / time) },
    });
    return;
  }
}

function judgeSpread(
  { graph, options, report, unknown }: Context,
  producer: Named<Producer>,
  channel: Channel,
  keys: number | undefined,
): void {
  const partitions = partitionsOf(graph, channel);
  if (partitions === undefined) return;
  const at = `producers/${producer.id}` as const;
  if (keys === undefined) unknown({ at, attribute: 'producers.keyCardinality' });
  else if (keys < options.keysPerPartition * partitions)
    report({
      at,
      field: 'keyCardinality',
      messageId: 'few-keys',
      data: { producer: producer.id, keys, partitions, channel: nameOfChannel(channel) },
    });
}
