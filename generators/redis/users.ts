import { carriedEndpoints } from '../carried.ts';
import type { Context } from '../context.ts';
import type { ProducerPlan } from '../endpoint.ts';
import type { RedisConsumerPlan } from './consumer.ts';

/** A user of the broker without its password, with rules of https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl */
export interface UserPlan {
  readonly name: string;
  readonly rules: string;
}

/** Who looks after the broker: sets it up, runs the load generator and the dead-letter tool. */
export const OPERATOR = 'operator';
/** @dangerous holds FLUSHALL, KEYS and CONFIG. */
const COMMANDS = '+@all -@dangerous';

/** Where streams are declared. */
const CATALOGUE = 'loom:streams';
/** What kombu keeps besides: https://docs.celeryq.dev/projects/kombu/en/stable/reference/kombu.transport.redis.html */
const BINDINGS = '_kombu.binding.*';
/** The list of a queue, and those of its priorities, whose names have two control characters in them. */
const list = (queue: string): readonly string[] => [queue, `${queue}??[369]`];

/** One user for each service, for the keys of its own endpoints. */
export function planUsers(
  context: Context,
  broker: string,
  consumers: readonly RedisConsumerPlan[],
  producers: readonly ProducerPlan[],
): readonly UserPlan[] {
  const { graph } = context;
  const keys = new Map<string, Set<string>>();
  const allow = (service: string, ...patterns: readonly string[]) => {
    const known = keys.get(service) ?? new Set<string>();
    keys.set(service, known);
    for (const pattern of patterns) known.add(pattern);
  };
  // Further keys of a stream have its name and a colon.
  const stream = (name: string): readonly string[] => [name, `${name}:*`];
  for (const { id, to } of producers) {
    if ('topic' in to)
      allow(
        graph.serviceOf({ id, value: graph.design.producers.get(id) ?? {} }),
        CATALOGUE,
        ...stream(to.topic),
      );
  }
  for (const { plan, group } of consumers) {
    const service = graph.serviceOf({ id: plan.id, value: graph.design.consumers.get(plan.id) ?? {} });
    const used = [plan.topic, plan.retryTopic, group.backstop.deadLetter];
    allow(service, CATALOGUE, ...used.flatMap(stream), `loom:active:${group.name}`);
  }
  for (const { service, queue, deadLetter, works } of carriedEndpoints(context, broker)) {
    allow(service, ...list(queue), ...(deadLetter === undefined ? [] : list(deadLetter)));
    if (works) allow(service, BINDINGS, `loom:${service}:*`);
  }
  return [
    ...[...keys]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, patterns]) => ({
        name,
        rules: [...[...patterns].sort().map((pattern) => `~${pattern}`), COMMANDS].join(' '),
      })),
    { name: OPERATOR, rules: `~* ${COMMANDS}` },
  ];
}
