import type { Channel, Flow } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { defineRule } from '../../review/rule.ts';
import type { Patch } from '../../text/patch.ts';
import { z } from '../../zod.ts';
import { addressOfChannel } from '../support/channels.ts';
import { grouped, groupOf, instancesOf } from '../support/instances.ts';

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
  options: z.strictObject({}),
  messages: {
    'shared-queue': {
      message: 'Flow {flow} needs {ordering} order, but up to {instances} instances consume queue {channel} at the same time.',
      consequence: 'Messages of one key are processed in parallel and may take effect in the wrong order.',
    },
    'shared-stream': {
      message: 'Flow {flow} needs {ordering} order, but group {group} reads the {partitions} keys of stream {channel} with up to {instances} instances.',
      consequence: 'Redis gives entries of one stream key to several instances, which may finish them in the wrong order.',
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
      consequence: 'Workers take tasks in parallel and retry them later, so tasks of one key take effect in any order.',
    },
  },
  needs: [],
  check({ graph, design, report, passByDefault }) {
    const judged = new Set<string>();
    for (const [id, value] of design.flows) {
      const { ordering = 'none' } = value;
      if (ordering === 'none') continue;
      for (const channel of channelsOf(graph, { id, value })) {
        if (judged.has(channel.id)) continue;
        judged.add(channel.id);
        const at = addressOfChannel(channel);
        const data = { flow: id, ordering, channel: channel.id };
        const broker = graph.brokerKindOf(channel);
        if (channel.section === 'topics') {
          if (channel.value.fifo) continue;
          report({ at, field: 'fifo', messageId: 'standard-topic', data, fix: setOn(channel, 'fifo', true, 'Make the topic FIFO') });
        } else if (broker === 'celery') {
          report({ at, messageId: 'celery', data });
        } else if (broker === 'sqs' && channel.section === 'queues') {
          if (channel.value.type === 'fifo') continue;
          report({ at, field: 'type', messageId: 'standard-queue', data, fix: setOn(channel, 'type', 'fifo', 'Make the queue FIFO') });
        } else if (broker === 'rabbitmq' && channel.section === 'queues') {
          if (channel.value.singleActiveConsumer || channel.value.exclusive) continue;
          const consumers = graph.consumersOf(channel.id);
          const instances = consumers.reduce((sum, consumer) => sum + instancesOf(graph, consumer), 0);
          for (const consumer of consumers) {
            const service = graph.serviceOf(consumer);
            const known = design.services.get(service);
            if (instances === 1 && !known?.replicas) {
              passByDefault({ at: known ? `services/${service}` : `consumers/${consumer.id}`, attribute: 'services.replicas' });
            }
          }
          if (instances < 2) continue;
          const fix = setOn(channel, 'singleActiveConsumer', true, 'Let one instance at a time consume');
          report({ at, field: 'singleActiveConsumer', messageId: 'shared-queue', data: { ...data, instances }, fix });
        } else if (broker === 'redis' && channel.section === 'streams') {
          const partitions = channel.value.partitions ?? 6;
          for (const [group, members] of grouped(graph.consumersOf(channel.id), (consumer) => groupOf(graph, consumer))) {
            const instances = members.reduce((sum, consumer) => sum + instancesOf(graph, consumer), 0);
            if (instances <= partitions) continue;
            report({ at, field: 'partitions', messageId: 'shared-stream', data: { ...data, group, partitions, instances } });
          }
        }
      }
    }
  },
});

/** Channels that the flow enters or is consumed from. */
function* channelsOf(graph: Graph, { value }: Named<Flow>): Generator<Channel> {
  const ids = [
    ...(value.from ?? []).map((id) => graph.design.producers.get(id)?.channel),
    ...(value.to ?? []).map((id) => graph.design.consumers.get(id)?.channel),
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
