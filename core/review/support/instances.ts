import type { Consumer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';

/** The most instances of a consumer's service that may run at once; one where the design does not say. */
export function instancesOf(graph: Graph, consumer: Named<Consumer>): number {
  const replicas = graph.design.services.get(graph.serviceOf(consumer))?.replicas;
  return replicas?.max ?? replicas?.min ?? 1;
}

/** Group in which a consumer of a log shares the partitions; by default each consumer has its own. */
export const groupOf = (graph: Graph, consumer: Named<Consumer>): string =>
  consumer.value.group ?? `${graph.serviceOf(consumer)}.${consumer.id}`;

/** Items by key, in the order of their first appearance. */
export function grouped<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
