import type { Channel, ElementAddress } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { type DeadLetter, deadLetterOf } from '../../design/policies.ts';
import { question } from '../../review/incremental/observed.ts';
import { defineRule, noOptions } from '../../review/rule.ts';

/** A way that dead letters take: from a channel to another, as an attribute of an element says. */
interface Way {
  readonly from: string;
  readonly to: string;
  readonly at: ElementAddress;
}

export const selfOrCycle = defineRule({
  id: 'dlq/self-or-cycle',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'none',
    title: 'Dead letters come to rest',
    docs: {
      what: 'Dead letters must not come back to the channel that they left: neither directly nor over other dead-letter channels and exchanges. A loop over a queue with `role: retry` is a delay, and accepted as long as the retry policy of the queue has a last attempt.',
      why: 'RabbitMQ drops a message without a word when it dead-letters in a circle and nobody rejected it, and turns it round for ever when somebody did. Either way the dead-letter queue that people look at stays empty.',
    },
    sources: ['https://www.rabbitmq.com/docs/dlx#effects'],
  },
  options: noOptions,
  messages: {
    self: {
      message: 'Dead letters of {channel} go back to {channel}.',
      consequence: 'A message that cannot be processed is dropped by the broker or turns round without end.',
    },
    cycle: {
      message: 'Dead letters of {channel} come back to it: {route}.',
      consequence: 'A message that cannot be processed is dropped by the broker or turns round without end.',
    },
  },
  needs: [],
  each: {
    channels({ graph, report }, channel) {
      const cycle = cycleAt(graph, channel.id);
      const [first] = cycle;
      if (!first || isDelay(graph, cycle)) return;
      const data = { channel: channel.id, route: [channel.id, ...cycle.map(({ to }) => to)].join(' → ') };
      const at = { at: first.at, field: 'deadLetter' } as const;
      report({ ...at, messageId: cycle.length === 1 ? 'self' : 'cycle', data });
    },
  },
});

const known = new WeakMap<Graph, ReadonlyMap<string, readonly Way[]>>();

/** The circle that begins at a channel; empty where there is none. A circle begins at one of its channels only. */
const cycleAt = question((graph: Graph, channel: string): readonly Way[] => {
  let cycles = known.get(graph);
  if (!cycles) {
    cycles = cyclesOf(graph);
    known.set(graph, cycles);
  }
  return cycles.get(channel) ?? [];
});

function cyclesOf(graph: Graph): ReadonlyMap<string, readonly Way[]> {
  const ways = new Map<string, Way[]>();
  for (const way of deadLetterWays(graph)) {
    const list = ways.get(way.from);
    if (list) list.push(way);
    else ways.set(way.from, [way]);
  }
  const done = new Set<string>();
  const cycles = new Map<string, readonly Way[]>();
  for (const [start, onward] of ways) {
    // Most dead letters come to rest in the first queue that they reach.
    if (!onward.some(({ to }) => ways.has(to))) continue;
    const cycle = cycleFrom(start, ways, done);
    if (cycle?.[0]) cycles.set(cycle[0].from, cycle);
  }
  return cycles;
}

function* deadLetterWays(graph: Graph): Generator<Way> {
  for (const [id, { deadLetter }] of graph.design.queues) {
    if (deadLetter === undefined) continue;
    for (const to of targets(graph, deadLetterOf(id, deadLetter))) yield { from: id, to, at: `queues/${id}` };
  }
  for (const [id, { channel, deadLetter }] of graph.design.consumers) {
    if (channel === undefined || deadLetter === undefined) continue;
    for (const to of targets(graph, deadLetterOf(id, deadLetter)))
      yield { from: channel, to, at: `consumers/${id}` };
  }
}

/** Channels that a dead letter can reach: the target, or whatever is bound to the exchange under its routing key. */
function targets(graph: Graph, deadLetter: DeadLetter | undefined): readonly string[] {
  if (!deadLetter) return [];
  const { target, exchange, routingKey } = deadLetter;
  if (!exchange) return target === undefined ? [] : [target];
  const key = routingKey ?? target;
  if (key === undefined) return graph.bindingsFrom(exchange).map(({ value }) => value.destination);
  return [...graph.receivers(exchange, { message: '', routingKey: key, headers: {} })];
}

/** The first circle on the ways from a channel. What has been walked is not walked again, so each circle comes once. */
function cycleFrom(
  start: string,
  ways: ReadonlyMap<string, readonly Way[]>,
  done: Set<string>,
): readonly Way[] | undefined {
  const route: Way[] = [];
  const open = [{ id: start, next: 0 }];
  while (open.length > 0) {
    const here = open[open.length - 1];
    const way = here && ways.get(here.id)?.[here.next++];
    if (!here || !way || done.has(here.id)) {
      if (here) done.add(here.id);
      open.pop();
      route.pop();
      continue;
    }
    const back = open.findIndex(({ id }) => id === way.to);
    if (back >= 0) {
      for (const { id } of open) done.add(id);
      return [...route.slice(back), way];
    }
    route.push(way);
    open.push({ id: way.to, next: 0 });
  }
  return undefined;
}

/** A circle over a queue in which messages wait for their next attempt, with a last attempt. */
function isDelay(graph: Graph, cycle: readonly Way[]): boolean {
  const channels = cycle.flatMap(({ from }) => graph.channel(from) ?? []);
  const waits = ({ section, value }: Channel): boolean => section === 'queues' && value.role === 'retry';
  return (
    channels.some(waits) &&
    channels
      .filter((channel) => !waits(channel))
      .every((channel) =>
        graph
          .consumersOf(channel.id)
          .every((consumer) => Number.isFinite(graph.retryOf(consumer)?.maxAttempts ?? 5)),
      )
  );
}
