import { type Context, nameOf } from '../context.ts';
import type { ProducerPlan, TopicConsumerPlan } from '../endpoint.ts';
import { permissionsOn } from '../services/permissions.ts';

/** What a user may do with one topic or group (https://kafka.apache.org/documentation/#operations_resources_and_protocols). */
export interface GrantPlan {
  readonly resource: 'topic' | 'group';
  readonly name: string;
  readonly operations: readonly ('read' | 'write')[];
}

/** A user of the broker without its password. */
export interface UserPlan {
  readonly name: string;
  readonly allow: readonly GrantPlan[];
}

/** Who looks after the broker: sets it up, runs the load generator and the dead-letter tool. May do everything. */
export const OPERATOR = 'operator';

/** One user for each service, which may use what its endpoints use and create nothing. */
export function planUsers(
  context: Context,
  broker: string,
  consumers: readonly TopicConsumerPlan[],
  producers: readonly ProducerPlan[],
): readonly UserPlan[] {
  const { graph } = context;
  const rights = new Map<string, Rights>();
  const of = (service: string): Rights => {
    const known = rights.get(service) ?? { read: new Set(), write: new Set(), groups: new Set() };
    rights.set(service, known);
    return known;
  };
  for (const { id, to } of producers) {
    const { write } = of(graph.serviceOf({ id, value: graph.design.producers.get(id) ?? {} }));
    if ('topic' in to) write.add(to.topic);
  }
  for (const { id, topic, group, retryTopic, retry, deadLetter } of consumers) {
    const mine = of(graph.serviceOf({ id, value: graph.design.consumers.get(id) ?? {} }));
    mine.read.add(topic);
    // Replays come through the first, sent by the operator.
    for (const own of [retryTopic, ...retry.value.tiers.map((tier) => tier.topic)]) {
      mine.read.add(own);
      mine.write.add(own);
    }
    mine.groups.add(group);
    if ('topic' in deadLetter.value) mine.write.add(deadLetter.value.topic);
  }
  for (const [service, permissions] of permissionsOn(context, broker)) {
    for (const { channel: id, may } of permissions) {
      const channel = graph.channel(id);
      if (channel !== undefined && may !== 'configure') of(service)[may].add(nameOf(channel));
    }
  }
  return [...rights]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, mine]) => ({ name, allow: grants(mine) }));
}

interface Rights {
  readonly read: Set<string>;
  readonly write: Set<string>;
  readonly groups: Set<string>;
}

const grants = ({ read, write, groups }: Rights): GrantPlan[] => [
  ...[...new Set([...read, ...write])].sort().map(
    (name): GrantPlan => ({
      resource: 'topic',
      name,
      operations: [
        ...(read.has(name) ? (['read'] as const) : []),
        ...(write.has(name) ? (['write'] as const) : []),
      ],
    }),
  ),
  ...[...groups].sort().map((name): GrantPlan => ({ resource: 'group', name, operations: ['read'] })),
];
