import type { Context } from '../context.ts';
import type { ProducerPlan, TopicConsumerPlan } from '../endpoint.ts';

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
  { graph }: Context,
  consumers: readonly TopicConsumerPlan[],
  producers: readonly ProducerPlan[],
): readonly UserPlan[] {
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
  for (const { id, topic, group, retryTopic, deadLetter } of consumers) {
    const mine = of(graph.serviceOf({ id, value: graph.design.consumers.get(id) ?? {} }));
    mine.read.add(topic).add(retryTopic);
    // Its own retries go there, and so do replays, which are sent by the operator.
    mine.write.add(retryTopic);
    mine.groups.add(group);
    if ('topic' in deadLetter.value) mine.write.add(deadLetter.value.topic);
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
