import { freshId } from '../../commands/names.ts';
import type { Channel, Consumer, Queue } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { defineRule, type FixProposal, noOptions } from '../../review/rule.ts';
import { addressOfChannel, listed } from '../../review/support/channels.ts';
import { grouped, groupOf } from '../../review/support/instances.ts';
import type { Patch } from '../../text/patch.ts';

export const competingServicesOnQueue = defineRule({
  id: 'pattern/competing-services-on-queue',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'One service consumes a queue',
    docs: {
      what: 'All consumers of a queue, and all consumers in one group of a stream, must belong to the same service. Instances of one service may share the work; several services that each need every message need a queue or a group of their own.',
      why: 'A queue gives each message to one consumer. With two services on it, each receives an arbitrary part of the events: half of the orders are paid and not analysed, the other half the reverse, and no error is raised.',
    },
    sources: [
      'https://www.rabbitmq.com/tutorials/tutorial-three-javascript',
      'https://www.rabbitmq.com/docs/queues',
      'https://kafka.apache.org/documentation/#intro_consumers',
    ],
  },
  options: noOptions,
  messages: {
    queue: {
      message:
        'Queue {channel} is shared by {count} services ({services}), so each of them receives only some of the messages.',
      consequence: 'Every message is processed by one of the services and never seen by the others.',
    },
    group: {
      message:
        'Group {group} of stream {channel} is shared by {count} services ({services}), so each of them receives only some of the records.',
      consequence: 'Every record is processed by one of the services and never seen by the others.',
    },
  },
  needs: [],
  each: {
    channels({ graph, report }, channel) {
      const readers = graph.consumersOf(channel.id);
      if (readers.length < 2) return;
      const isStream = channel.section === 'streams';
      const groups = grouped(readers, (consumer) => (isStream ? groupOf(graph, consumer) : ''));
      for (const [group, consumers] of groups) {
        const services = grouped(consumers, (consumer) => graph.serviceOf(consumer));
        if (services.size < 2) continue;
        const names = [...services.keys()];
        const data = { channel: channel.id, group, count: names.length, services: listed(names) };
        const at = addressOfChannel(channel);
        if (isStream) report({ at, messageId: 'group', data, fix: ownGroups(services) });
        else report({ at, messageId: 'queue', data, fix: ownQueues(graph, channel, services) });
      }
    },
  },
});

type ByService = ReadonlyMap<string, readonly Named<Consumer>[]>;

/** All services but the first, which keeps what there is. */
const others = (services: ByService): readonly (readonly [string, readonly Named<Consumer>[]])[] =>
  [...services].slice(1);

/** The default group of a consumer is its own. */
const ownGroups = (services: ByService): FixProposal => ({
  label: 'Give each service its own group',
  patches: () =>
    others(services).flatMap(([, consumers]) =>
      consumers.map(({ id }): Patch => ({ op: 'remove', path: ['consumers', id, 'group'] })),
    ),
});

/** A queue like the shared one for each further service, bound like it. Only a queue behind an exchange can be copied. */
function ownQueues(graph: Graph, channel: Channel, services: ByService): FixProposal | undefined {
  const bindings = graph.bindingsTo(channel.id);
  if (channel.section !== 'queues' || graph.origins.has(`queues/${channel.id}`)) return undefined;
  if (bindings.length === 0 || graph.producersOf(channel.id).length > 0) return undefined;
  return {
    label: 'Give each service its own queue',
    patches: () =>
      others(services).flatMap(([service, consumers]) => {
        const queue = freshId(graph.design, 'queues', `${channel.id}.${service}`);
        const copies = bindings.map(({ id, value }): Patch => {
          const copy = freshId(graph.design, 'bindings', `${id}.${service}`);
          return { op: 'set', path: ['bindings', copy], value: { ...value, destination: queue } };
        });
        return [
          { op: 'set', path: ['queues', queue], value: copyOf(channel.value) },
          ...copies,
          ...consumers.map(
            ({ id }): Patch => ({ op: 'set', path: ['consumers', id, 'channel'], value: queue }),
          ),
        ];
      }),
  };
}

/** The name on the broker belongs to the first queue. */
function copyOf({ name: _, ...queue }: Queue): Omit<Queue, 'name'> {
  return queue;
}
