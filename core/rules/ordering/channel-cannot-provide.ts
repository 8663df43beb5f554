import type { Channel, Consumer, Flow } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { stream } from '../../kinds/stream/index.ts';
import { defineRule, type MessageTemplates, noOptions, type RuleContext } from '../../review/rule.ts';
import { addressOfChannel } from '../../review/support/channels.ts';
import { grouped, groupOf, instancesOf } from '../../review/support/instances.ts';
import type { Patch } from '../../text/patch.ts';

const messages = {
  'shared-queue': {
    message:
      'Flow {flow} needs {ordering} order, but up to {instances} instances consume queue {channel} at the same time.',
    consequence: 'Messages of one key are processed in parallel and may take effect in the wrong order.',
  },
  'shared-stream': {
    message:
      'Flow {flow} needs {ordering} order, but group {group} reads the {partitions} keys of stream {channel} with up to {instances} instances.',
    consequence:
      'Redis gives entries of one stream key to several instances, which may finish them in the wrong order.',
  },
  'standard-queue': {
    message: 'Flow {flow} needs {ordering} order, which the SQS standard queue {channel} does not keep.',
    consequence: 'SQS delivers in best-effort order; under load messages of one key overtake each other.',
  },
  'standard-topic': {
    message: 'Flow {flow} needs {ordering} order, which the SNS standard topic {channel} does not keep.',
    consequence: 'Messages of one key reach the subscribers in any order.',
  },
  celery: {
    message: 'Flow {flow} needs {ordering} order, which Celery queue {channel} does not keep.',
    consequence:
      'Workers take tasks in parallel and retry them later, so tasks of one key take effect in any order.',
  },
} as const satisfies MessageTemplates;

type Context = RuleContext<unknown, typeof messages, never>;

/** A channel on the path of a flow that needs order. */
interface Passage {
  readonly flow: string;
  readonly ordering: string;
  readonly channel: Channel;
}

export const channelCannotProvide = defineRule({
  id: 'ordering/channel-cannot-provide',
  meta: {
    severity: 'error',
    brokers: ['rabbitmq', 'sqs', 'sns', 'redis', 'celery'],
    fix: 'suggest',
    title: 'Ordered flows use channels that keep order',
    docs: {
      what: 'A flow with `ordering: per-key` or `total` must not pass a channel that cannot keep it: an SQS standard queue, an SNS standard topic, a RabbitMQ queue that several instances consume without single active consumer, a Redis stream with more instances in a group than stream keys, or Celery. Missing `replicas` count as one instance, which is what is generated.',
      why: 'Two workers that take neighbouring messages of one key finish in any order: the address change is overwritten by the older one. It shows only under load, and the data is wrong by then.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/queues#message-ordering',
      'https://www.rabbitmq.com/docs/consumers#single-active-consumer',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues.html',
      'https://docs.aws.amazon.com/sns/latest/dg/fifo-message-grouping.html',
      'https://redis.io/docs/latest/develop/data-types/streams/',
    ],
  },
  options: noOptions,
  messages,
  needs: [],
  check(context) {
    const { graph, design } = context;
    const judged = new Set<string>();
    for (const [flow, value] of design.flows) {
      const { ordering = 'none' } = value;
      if (ordering === 'none') continue;
      for (const channel of channelsOf(graph, value)) {
        if (judged.has(channel.id)) continue;
        judged.add(channel.id);
        judge(context, { flow, ordering, channel });
      }
    }
  },
});

function judge(context: Context, passage: Passage): void {
  const { flow, ordering, channel } = passage;
  const at = addressOfChannel(channel);
  const data = { flow, ordering, channel: channel.id };
  const broker = context.graph.brokerKindOf(channel);
  if (broker === 'celery') context.report({ at, messageId: 'celery', data });
  else if (broker === 'rabbitmq') judgeSharedQueue(context, passage);
  else if (broker === 'redis') judgeSharedStream(context, passage);
  else if (channel.section === 'topics' && !channel.value.fifo) {
    const fix = setOn(channel, 'fifo', true, 'Make the topic FIFO');
    context.report({ at, field: 'fifo', messageId: 'standard-topic', data, fix });
  } else if (broker === 'sqs' && channel.section === 'queues' && channel.value.type !== 'fifo') {
    const fix = setOn(channel, 'type', 'fifo', 'Make the queue FIFO');
    context.report({ at, field: 'type', messageId: 'standard-queue', data, fix });
  }
}

function judgeSharedQueue(
  { graph, report, passByDefault }: Context,
  { flow, ordering, channel }: Passage,
): void {
  if (channel.section !== 'queues' || channel.value.singleActiveConsumer || channel.value.exclusive) return;
  const consumers = graph.consumersOf(channel.id);
  const instances = total(graph, consumers);
  if (instances > 1) {
    report({
      at: addressOfChannel(channel),
      field: 'singleActiveConsumer',
      messageId: 'shared-queue',
      data: { flow, ordering, channel: channel.id, instances },
      fix: setOn(channel, 'singleActiveConsumer', true, 'Let one instance at a time consume'),
    });
    return;
  }
  for (const consumer of consumers) {
    const id = graph.serviceOf(consumer);
    const service = graph.design.services.get(id);
    if (service?.replicas) continue;
    const at = service ? (`services/${id}` as const) : (`consumers/${consumer.id}` as const);
    passByDefault({ at, attribute: 'services.replicas' });
  }
}

/** With more instances than stream keys, some key has two readers whatever the assignment. */
function judgeSharedStream({ graph, report }: Context, { flow, ordering, channel }: Passage): void {
  if (channel.section !== 'streams') return;
  const partitions = channel.value.partitions ?? stream.attributes.partitions.default.value;
  const groups = grouped(graph.consumersOf(channel.id), (consumer) => groupOf(graph, consumer));
  for (const [group, consumers] of groups) {
    const instances = total(graph, consumers);
    if (instances <= partitions) continue;
    report({
      at: addressOfChannel(channel),
      field: 'partitions',
      messageId: 'shared-stream',
      data: { flow, ordering, channel: channel.id, group, partitions, instances },
    });
  }
}

const total = (graph: Graph, consumers: readonly Named<Consumer>[]): number =>
  consumers.reduce((sum, consumer) => sum + instancesOf(graph, consumer), 0);

/** Channels that the flow enters or is consumed from. */
function* channelsOf(graph: Graph, { from = [], to = [] }: Flow): Generator<Channel> {
  const ids = [
    ...from.map((id) => graph.design.producers.get(id)?.channel),
    ...to.map((id) => graph.design.consumers.get(id)?.channel),
  ];
  for (const id of new Set(ids)) {
    const channel = graph.channel(id);
    if (channel) yield channel;
  }
}

const setOn = ({ section, id }: Channel, field: string, value: unknown, label: string) => ({
  label,
  patches: (): readonly Patch[] => [{ op: 'set', path: [section, id, field], value }],
});
