import { addressOf, type ElementAddress, type Flow } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { references } from '../../design/references.ts';
import type { RefTarget } from '../../kinds/attribute.ts';
import { consumersAtEnd, producersAtStart } from '../support/flows.ts';

/** Elements by the flows that they are part of: what lies on the way of its messages, and what is said about that. */
export function flowsByElement(graph: Graph): ReadonlyMap<ElementAddress, ReadonlySet<string>> {
  const named = new Map<ElementAddress, ElementAddress[]>();
  const watching = new Map<ElementAddress, ElementAddress[]>();
  for (const { from, to, id, field } of references(graph.design)) {
    const target = targetOf(graph, to, id);
    if (!target) continue;
    if (from.startsWith('alerts/')) add(watching, target, from);
    else if (!ENDS.has(field)) add(named, from, target);
  }
  const links = linksOf(graph);
  const flows = new Map<ElementAddress, Set<string>>();
  for (const [id, value] of graph.design.flows) {
    const way = onTheWay(graph, links, { id, value });
    for (const at of [...way]) for (const target of named.get(at) ?? []) way.add(target);
    for (const at of [...way]) for (const alert of watching.get(at) ?? []) way.add(alert);
    for (const at of way) flows.set(at, (flows.get(at) ?? new Set()).add(id));
  }
  return flows;
}

/** References that lead along or against the way of the messages; the way is found by routing instead. */
const ENDS: ReadonlySet<string> = new Set([
  'channel',
  'source',
  'destination',
  'topic',
  'endpoint',
  'from',
  'to',
]);

function targetOf(graph: Graph, to: RefTarget, id: string): ElementAddress | undefined {
  if (to !== 'channels') return graph.design[to].has(id) ? addressOf(to, id) : undefined;
  const channel = graph.channel(id);
  return channel && addressOf(channel.section, id);
}

/** Producers, consumers, channels, bindings and subscriptions from one end of a flow to the other. */
function onTheWay(graph: Graph, links: Links, { id, value }: Named<Flow>): Set<ElementAddress> {
  const producers = producersAtStart(graph, value);
  const consumers = consumersAtEnd(graph, value);
  const starts = producers.map((producer) => producer.value.channel);
  const ends = consumers.map((consumer) => consumer.value.channel);
  const after = reached(starts, links.after);
  const before = reached(ends, links.before);
  const isOn = (channel: string): boolean =>
    starts.includes(channel) ||
    ends.includes(channel) ||
    ((producers.length === 0 || after.has(channel)) && (consumers.length === 0 || before.has(channel)));
  const way = new Set<ElementAddress>([
    addressOf('flows', id),
    ...producers.map((producer) => addressOf('producers', producer.id)),
    ...consumers.map((consumer) => addressOf('consumers', consumer.id)),
  ]);
  for (const channel of new Set([...after, ...before])) {
    const found = graph.channel(channel);
    if (!found || !isOn(channel)) continue;
    way.add(addressOf(found.section, channel));
    for (const binding of graph.bindingsFrom(channel))
      if (isOn(binding.value.destination)) way.add(addressOf('bindings', binding.id));
    for (const subscription of graph.subscriptionsFrom(channel))
      if (isOn(subscription.value.endpoint)) way.add(addressOf('subscriptions', subscription.id));
  }
  return way;
}

/** Channels by those that hand messages on to them, and the other way round. */
interface Links {
  readonly after: ReadonlyMap<string, readonly string[]>;
  readonly before: ReadonlyMap<string, readonly string[]>;
}

function linksOf({ design }: Graph): Links {
  const after = new Map<string, string[]>();
  const before = new Map<string, string[]>();
  const link = (from: string, to: string): void => {
    add(after, from, to);
    add(before, to, from);
  };
  for (const { source, destination } of design.bindings.values()) link(source, destination);
  for (const { topic, endpoint } of design.subscriptions.values()) link(topic, endpoint);
  return { after, before };
}

function reached(
  from: readonly (string | undefined)[],
  links: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const open = from.filter((id) => id !== undefined);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(links.get(id) ?? []));
  }
  return found;
}

/** Puts one more into the list of a key. */
export function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
