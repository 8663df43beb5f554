import type { Context } from '../context.ts';
import type { DestinationPlan, ProducerPlan, QueueConsumerPlan } from '../endpoint.ts';

/** A broker user without its password. Permissions are regular expressions (https://www.rabbitmq.com/docs/access-control). */
export interface UserPlan {
  readonly name: string;
  readonly tags: readonly string[];
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

/** Who looks after the broker: the management page, the load generator, dead-letter tools. */
export const OPERATOR = 'operator';

/** One user for each service, which may use what its endpoints use and declare nothing. */
export function planUsers(
  { graph }: Context,
  consumers: readonly QueueConsumerPlan[],
  producers: readonly ProducerPlan[],
): readonly UserPlan[] {
  const rights = new Map<string, { readonly write: Set<string>; readonly read: Set<string> }>();
  const of = (service: string) => {
    const known = rights.get(service) ?? { write: new Set<string>(), read: new Set<string>() };
    rights.set(service, known);
    return known;
  };
  for (const { id, to } of producers) of(serviceOf(graph.design.producers, id)).write.add(exchangeOf(to));
  for (const { id, queue, source, deadLetter } of consumers) {
    const { write, read } = of(serviceOf(graph.design.consumers, id));
    read.add(queue);
    if (source) read.add(source.stream);
    // Retries and dead letters are published to queues by name, through the default exchange.
    write.add('amq.default').add(exchangeOf(deadLetter.value));
  }
  const services = [...rights].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...services.map(([name, { write, read }]) => ({
      name,
      tags: [],
      configure: '^$',
      write: anyOf(write),
      read: anyOf(read),
    })),
    { name: OPERATOR, tags: ['administrator'], configure: '.*', write: '.*', read: '.*' },
  ];
}

const serviceOf = (
  endpoints: ReadonlyMap<string, { readonly service?: string | undefined }>,
  id: string,
): string => endpoints.get(id)?.service ?? id;

const exchangeOf = (to: DestinationPlan | { readonly exchange: string }): string =>
  'exchange' in to ? to.exchange : 'amq.default';

const anyOf = (names: ReadonlySet<string>): string =>
  names.size === 0 ? '^$' : `^(${[...names].sort().map(escapePattern).join('|')})$`;

const escapePattern = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
