import { carriedEndpoints } from '../carried.ts';
import { type Context, nameOf } from '../context.ts';
import type { DestinationPlan, ProducerPlan, QueueConsumerPlan } from '../endpoint.ts';
import { permissionsOn } from '../services/permissions.ts';

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

type Rights = Readonly<Record<'configure' | 'write' | 'read', Set<string>>>;

/** One user for each service, which may use what its endpoints use, and declare nothing unless the design says so. */
export function planUsers(
  context: Context,
  broker: string,
  consumers: readonly QueueConsumerPlan[],
  producers: readonly ProducerPlan[],
): readonly UserPlan[] {
  const { graph } = context;
  const rights = new Map<string, Rights>();
  const of = (service: string): Rights => {
    const known = rights.get(service) ?? { configure: new Set(), write: new Set(), read: new Set() };
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
  for (const { service, queue, works } of carriedEndpoints(context, broker)) {
    const { write, read } = of(service);
    write.add('amq.default');
    if (works) read.add(queue);
  }
  for (const [service, permissions] of permissionsOn(context, broker)) {
    for (const { channel: id, may } of permissions) {
      const channel = graph.channel(id);
      if (channel === undefined) continue;
      // What is written to a queue goes through the default exchange, with the name of the queue as its routing key.
      const isQueue = channel.section === 'queues' || channel.section === 'streams';
      of(service)[may].add(may === 'write' && isQueue ? 'amq.default' : nameOf(channel));
    }
  }
  const services = [...rights].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ...services.map(([name, { configure, write, read }]) => ({
      name,
      tags: [],
      configure: anyOf(configure),
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
