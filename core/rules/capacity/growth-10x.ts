import type { Channel, Flow } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { designAttributes } from '../../kinds/design/index.ts';
import { defineRule, type FixProposal, type MessageTemplates, type RuleContext } from '../../review/rule.ts';
import { addressOfChannel, nameOfChannel } from '../../review/support/channels.ts';
import { arrivalRate, type Load, loadsAt, partitionsOf } from '../../review/support/load.ts';
import { instancesFor, rounded } from '../../review/support/scale.ts';
import { z } from '../../zod.ts';

/** Messages per second that SQS takes from a FIFO queue without high throughput: 300 calls of ten messages. */
const FIFO_RATE = 3000;
/** Records per second that a shard of Kinesis takes. */
const SHARD_RATE = 1000;

const messages = {
  consumer: {
    message:
      'At {factor} times the peak {rate} messages/s arrive at {channel}; {consumer} works off {capacity}/s with {lanes} at a time, and no step of a scale plan changes that.',
    consequence: 'The growth that the design is meant to bear ends in a backlog that never shrinks.',
  },
  channel: {
    message:
      'At {factor} times the peak {rate} messages/s arrive at {channel}, which takes {limit}/s, and no step of a scale plan changes that.',
    consequence: 'Publishes are throttled, and the senders hold what they cannot send.',
  },
} as const satisfies MessageTemplates;

type Context = RuleContext<{ readonly maxUtilisation: number }, typeof messages, never>;

const standard = { maxUtilisation: 0.7 };

export const growth10x = defineRule({
  id: 'capacity/growth-10x',
  meta: {
    severity: 'warn',
    brokers: 'all',
    fix: 'suggest',
    title: 'There is a plan for growth',
    docs: {
      what: 'With every peak rate times `design.growthFactor` (10 where the design does not say) the consumers must still keep up, and the channels take what arrives: 1,000 records/s for each provisioned shard of Kinesis, 3,000 messages/s for a FIFO queue of SQS without high throughput. Where they do not, a step of `flow.scalePlan` names the element that is changed then: the service, the consumer or the channel. The fix proposes such a step with the number of instances or partitions. What is overloaded today is for [capacity/consumer-overloaded](consumer-overloaded.md).',
      why: 'The campaign works, ten times the orders come in, and the limit turns out to be six partitions that cannot be changed without moving every key. What is planned is a change of a number; what is not is a rebuild under load.',
    },
    sources: [
      'https://sre.google/sre-book/software-engineering-in-sre/',
      'https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      maxUtilisation: z
        .number()
        .positive()
        .max(1)
        .default(standard.maxUtilisation)
        .describe(
          'Share of the capacity that the grown peak may take with the instances that the fix proposes.',
        ),
    }),
  messages,
  needs: [],
  each: {
    workChannels(context, channel) {
      const { graph, design } = context;
      const factor = design.design.growthFactor ?? designAttributes.growthFactor.default.value;
      judgeChannel(context, channel, factor);
      for (const load of loadsAt(graph, channel)) judgeConsumers(context, load, factor);
    },
  },
});

function judgeConsumers({ graph, options, report }: Context, load: Load, factor: number): void {
  const { channel, consumers, rate, service, lanes, utilisation } = load;
  const [consumer] = consumers;
  if (!consumer || rate === undefined || service === undefined || utilisation === undefined) return;
  if (utilisation >= 1 || utilisation * factor < 1) return;
  const services = consumers.map((one) => `services/${graph.serviceOf(one)}`);
  const elements = [...services, ...consumers.map(({ id }) => `consumers/${id}`), addressOfChannel(channel)];
  const flows = consumers.flatMap(({ id }) => graph.flowsOf(`consumers/${id}`));
  if (isPlanned(flows, elements)) return;
  const wanted = (rate * factor * service) / options.maxUtilisation;
  const instances = instancesFor(graph, load, wanted);
  const step =
    instances === undefined
      ? partitionsOf(graph, channel) === undefined
        ? undefined
        : {
            action: 'add partitions',
            element: addressOfChannel(channel),
            to: `${Math.ceil(wanted)} partitions`,
          }
      : { action: 'scale out', element: services[0] ?? '', to: `${instances} instances` };
  report({
    at: `consumers/${consumer.id}`,
    messageId: 'consumer',
    data: {
      factor,
      rate: rounded(rate * factor),
      channel: nameOfChannel(channel),
      consumer: consumer.id,
      capacity: rounded(lanes / service),
      lanes,
    },
    fix: planned(flows, step && { trigger: `more than ${rounded(lanes / service)} messages/s`, ...step }),
  });
}

function judgeChannel({ graph, report }: Context, channel: Channel, factor: number): void {
  const limit = limitOf(graph, channel);
  const rate = arrivalRate(graph, channel.id);
  if (limit === undefined || rate === undefined || rate > limit || rate * factor <= limit) return;
  const at = addressOfChannel(channel);
  const flows = graph.consumersOf(channel.id).flatMap(({ id }) => graph.flowsOf(`consumers/${id}`));
  if (isPlanned(flows, [at])) return;
  const isStream = channel.section === 'streams';
  const to = isStream ? `${Math.ceil((rate * factor) / SHARD_RATE)} shards` : 'high throughput';
  const step = {
    trigger: `more than ${limit} messages/s`,
    action: isStream ? 'add shards' : 'switch on',
    element: at,
    to,
  };
  const data = { factor, rate: rounded(rate * factor), channel: nameOfChannel(channel), limit };
  report({ at, messageId: 'channel', data, fix: planned(flows, step) });
}

/** Messages per second that a channel takes; `undefined` where no such limit is published. */
function limitOf(graph: Graph, channel: Channel): number | undefined {
  const broker = graph.brokerKindOf(channel);
  if (broker === 'kinesis') {
    const shards = partitionsOf(graph, channel);
    return shards === undefined ? undefined : shards * SHARD_RATE;
  }
  if (broker !== 'sqs' || channel.section !== 'queues') return undefined;
  return channel.value.type === 'fifo' && !channel.value.fifo?.highThroughput ? FIFO_RATE : undefined;
}

const isPlanned = (flows: readonly Named<Flow>[], elements: readonly string[]): boolean =>
  flows.some(({ value }) => (value.scalePlan ?? []).some(({ element = '' }) => elements.includes(element)));

type Step = NonNullable<Flow['scalePlan']>[number];

/** Adds a step to the plan of the first flow. */
function planned([flow]: readonly Named<Flow>[], step: Step | undefined): FixProposal | undefined {
  if (!flow || !step) return undefined;
  return {
    label: `Plan for growth: ${step.element} to ${step.to}`,
    patches: () => {
      const path = ['flows', flow.id, 'scalePlan'];
      const { length } = flow.value.scalePlan ?? [];
      return [
        length === 0
          ? { op: 'set', path, value: [step] }
          : { op: 'set', path: [...path, length], value: step },
      ];
    },
  };
}
