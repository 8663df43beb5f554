import type { Consumer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { question } from '../../review/incremental/observed.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { consumerOn } from '../../review/support/endpoints.ts';
import { grouped, groupOf } from '../../review/support/instances.ts';

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
  options: noOptions,
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
  each: {
    consumers({ graph, report, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'kafka', consumer);
      if (endpoint?.channel.section !== 'streams') return;
      const { at, id, value, channel } = endpoint;
      if (value.group === undefined) passByDefault({ at, attribute: 'consumers.group' });
      const group = groupOf(graph, consumer);
      const first = firstOf(graph, channel.value.broker, group) ?? consumer;
      const service = graph.serviceOf(consumer);
      const fix = {
        label: `Use the group ${service}.${id}`,
        patches: () => [{ op: 'set' as const, path: ['consumers', id, 'group'], value: `${service}.${id}` }],
      };
      if (service !== graph.serviceOf(first)) {
        if (value.channel === first.value.channel) return;
        const services = listed([graph.serviceOf(first), service]);
        const data = { services, group, broker: channel.value.broker };
        report({ at, field: 'group', messageId: 'services', data, fix });
      } else if (subscriptionOf(graph, consumer) !== subscriptionOf(graph, first)) {
        const data = { consumers: listed([first.id, id]), group };
        report({ at, field: 'group', messageId: 'subscriptions', data, fix });
      }
    },
  },
});

const groups = new WeakMap<Graph, ReadonlyMap<string, readonly Named<Consumer>[]>>();

/** The consumer that names a group of a Kafka cluster before all others. */
const firstOf = question((graph: Graph, broker: string, group: string): Named<Consumer> | undefined => {
  let known = groups.get(graph);
  if (!known) {
    const members = [...graph.design.consumers].map(([id, value]) => ({ id, value }));
    known = grouped(members, (member) => keyOf(brokerIdOf(graph, member), groupOf(graph, member)));
    groups.set(graph, known);
  }
  return known.get(keyOf(broker, group))?.[0];
});

const keyOf = (broker: string, group: string): string => JSON.stringify([broker, group]);

/** Only consumers of streams have groups. */
function brokerIdOf(graph: Graph, { value }: Named<Consumer>): string {
  const channel = graph.channel(value.channel);
  return channel?.section === 'streams' ? channel.value.broker : '';
}

const subscriptionOf = (graph: Graph, consumer: Named<Consumer>): string =>
  JSON.stringify([consumer.value.channel, [...graph.messagesOf(consumer)].sort()]);
