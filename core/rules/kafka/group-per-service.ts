import type { Consumer } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { consumersOn, type Endpoint } from '../../review/support/endpoints.ts';
import { grouped, groupOf } from '../../review/support/instances.ts';
import { z } from '../../zod.ts';

export const groupPerService = defineRule({
  id: 'kafka/group-per-service',
  meta: {
    severity: 'error',
    brokers: ['kafka'],
    fix: 'auto',
    title: 'Each subscription has a consumer group of its own',
    docs: {
      what: 'The consumers of a Kafka cluster that name the same `group` must belong to one service and read the same stream with the same messages. A missing `group` passes, since the generated one is `<service>.<consumer>`. Two services in one group on one stream are reported by pattern/competing-services-on-queue.',
      why: 'A group is one reader: its members divide the partitions of everything that they subscribe to. A consumer that joins the group of another takes partitions away from it, rebalances it with each of its own deploys, and a reset of offsets for one replays the other.',
    },
    sources: [sources.kafkaDesign, sources.kafkaConsumer],
  },
  options: z.strictObject({}),
  messages: {
    services: {
      message: 'Services {services} share the consumer group {group} on broker {broker}.',
      consequence: 'Each deploy of one service rebalances the other, and a reset of offsets hits both.',
    },
    subscriptions: {
      message: 'Consumers {consumers} share the consumer group {group}, but read different records.',
      consequence: 'The partitions are divided between them, so each misses the records that the other gets.',
    },
  },
  needs: [],
  check({ graph, report, passByDefault }) {
    const members = [...consumersOn(graph, 'kafka')].filter(({ channel }) => channel.section === 'streams');
    for (const { at, value } of members)
      if (value.group === undefined) passByDefault({ at, attribute: 'consumers.group' });
    const groups = grouped(members, (member) => `${member.channel.value.broker} ${groupOf(graph, member)}`);
    for (const sharing of groups.values()) {
      const [first, ...others] = sharing;
      if (!first || others.length === 0) continue;
      const group = groupOf(graph, first);
      for (const other of others) {
        const { at, id } = other;
        const fix = ownGroup(graph, other);
        if (graph.serviceOf(other) !== graph.serviceOf(first)) {
          if (other.channel.id === first.channel.id) continue;
          const services = listed([graph.serviceOf(first), graph.serviceOf(other)]);
          const data = { services, group, broker: other.channel.value.broker };
          report({ at, field: 'group', messageId: 'services', data, fix });
        } else if (subscriptionOf(graph, other) !== subscriptionOf(graph, first)) {
          const data = { consumers: listed([first.id, id]), group };
          report({ at, field: 'group', messageId: 'subscriptions', data, fix });
        }
      }
    }
  },
});

const subscriptionOf = (graph: Graph, consumer: Endpoint<Consumer>): string =>
  JSON.stringify([consumer.channel.id, [...graph.messagesOf(consumer)].sort()]);

function ownGroup(graph: Graph, consumer: Endpoint<Consumer>) {
  const group = `${graph.serviceOf(consumer)}.${consumer.id}`;
  return {
    label: `Use the group ${group}`,
    patches: () => [{ op: 'set' as const, path: ['consumers', consumer.id, 'group'], value: group }],
  };
}
