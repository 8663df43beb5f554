import type { Flow } from '../../design/design.ts';
import { defineRule, type MessageTemplates, noOptions, type RuleContext } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { consumersAtEnd } from '../../review/support/flows.ts';
import { grouped, groupOf, instancesOf } from '../../review/support/instances.ts';
import type { Patch } from '../../text/patch.ts';

const messages = {
  exclusive: {
    message:
      'Up to {instances} instances of {consumer} share the work of flow {flow}, but queue {queue} is exclusive.',
    consequence:
      'Only the connection that declared it may use it: each instance needs a queue of its own and does every task.',
  },
  'own-group': {
    message: 'Consumer {consumer} of flow {flow} has a group for each instance ({group}).',
    consequence: 'Every instance reads every record, so every task is done by each of them.',
  },
  groups: {
    message:
      'Consumers {consumers} of service {service} share the work of flow {flow} in {count} groups of stream {channel}.',
    consequence: 'Each group reads every record, so every task is done {count} times.',
  },
  'pub-sub': {
    message:
      'Up to {instances} instances of {consumer} share the work of flow {flow} on Pub/Sub topic {channel}.',
    consequence: 'Pub/Sub copies each message to every connection, so every task is done by each instance.',
  },
} as const satisfies MessageTemplates;

type Context = RuleContext<unknown, typeof messages, never>;

/** A placeholder in a group name, which another instance fills in differently. */
const PER_INSTANCE = /\$\{?\w+|\{\w+\}|%[A-Za-z]/;

export const workersReceiveCopies = defineRule({
  id: 'pattern/workers-receive-copies',
  meta: {
    severity: 'error',
    brokers: ['kafka', 'rabbitmq', 'kinesis', 'redis'],
    fix: 'suggest',
    title: 'Workers share one queue or one group',
    docs: {
      what: 'On a flow with `pattern: queue` the instances of a service must take work from one place: a queue that is not `exclusive`, one consumer group whose name does not contain a placeholder for the instance, and no Redis Pub/Sub topic. Missing `replicas` count as one instance, which is what is generated.',
      why: 'A worker that reads its own copy does every task again. Scaling from one to ten instances then multiplies the charges instead of dividing the work, and it starts on the day of the first scale-out.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/queues#exclusive-queues',
      'https://kafka.apache.org/documentation/#intro_consumers',
      'https://redis.io/docs/latest/develop/pubsub/',
    ],
  },
  options: noOptions,
  messages,
  needs: [],
  each: {
    flows(context, { id, value: flow }) {
      if (flow.pattern !== 'queue') return;
      judgeInstances(context, id, flow);
      judgeGroups(context, id, flow);
    },
  },
});

function judgeInstances({ graph, report }: Context, flow: string, value: Flow): void {
  for (const consumer of consumersAtEnd(graph, value)) {
    const channel = graph.channel(consumer.value.channel);
    const instances = instancesOf(graph, consumer);
    const { group } = consumer.value;
    const data = { flow, consumer: consumer.id, instances };
    if (channel?.section === 'queues' && channel.value.exclusive && instances > 1) {
      report({
        at: `queues/${channel.id}`,
        field: 'exclusive',
        messageId: 'exclusive',
        data: { ...data, queue: channel.id },
        fix: fix('Let all instances use the queue', {
          op: 'set',
          path: ['queues', channel.id, 'exclusive'],
          value: false,
        }),
      });
    } else if (channel?.section === 'streams' && group !== undefined && PER_INSTANCE.test(group)) {
      report({
        at: `consumers/${consumer.id}`,
        field: 'group',
        messageId: 'own-group',
        data: { ...data, group },
        fix: fix('Use one group for all instances', {
          op: 'remove',
          path: ['consumers', consumer.id, 'group'],
        }),
      });
    } else if (channel?.section === 'topics' && graph.brokerKindOf(channel) === 'redis' && instances > 1) {
      report({
        at: `consumers/${consumer.id}`,
        field: 'channel',
        messageId: 'pub-sub',
        data: { ...data, channel: channel.id },
      });
    }
  }
}

/** Several consumers of one service on one stream are workers too. */
function judgeGroups({ graph, report }: Context, flow: string, value: Flow): void {
  const readers = consumersAtEnd(graph, value).filter(
    ({ value: { channel } }) => graph.channel(channel)?.section === 'streams',
  );
  const workers = grouped(readers, (consumer) => `${consumer.value.channel} ${graph.serviceOf(consumer)}`);
  for (const consumers of workers.values()) {
    const groups = new Set(consumers.map((consumer) => groupOf(graph, consumer)));
    const [first, ...others] = consumers;
    if (groups.size < 2 || !first) continue;
    report({
      at: `flows/${flow}`,
      field: 'to',
      messageId: 'groups',
      data: {
        flow,
        consumers: listed(consumers.map(({ id }) => id)),
        service: graph.serviceOf(first),
        count: groups.size,
        channel: first.value.channel ?? '',
      },
      fix: fix(
        `Join them in group ${groupOf(graph, first)}`,
        ...others.map(
          ({ id }): Patch => ({ op: 'set', path: ['consumers', id, 'group'], value: groupOf(graph, first) }),
        ),
      ),
    });
  }
}

const fix = (label: string, ...patches: Patch[]) => ({ label, patches: () => patches });
