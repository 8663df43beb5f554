import { addressOf, type Channel, type ElementAddress } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { question } from '../incremental/observed.ts';

export const addressOfChannel = ({ section, id }: Channel): ElementAddress => addressOf(section, id);

/** `queue payments`, `exchange orders`: how a message names a channel. */
export const nameOfChannel = ({ section, id }: Channel): string => `${section.slice(0, -1)} ${id}`;

/** Whether a channel holds what others could not process, or what waits; such channels need no failure path. */
export function isSideChannel(graph: Graph, channel: Channel): boolean {
  const role = channel.section === 'queues' ? (channel.value.role ?? 'work') : 'work';
  return role !== 'work' || receivesDeadLetters(graph, channel.id);
}

const receivesDeadLetters = question((graph: Graph, id: string) => deadLetterTargets(graph).has(id));

const targets = new WeakMap<Graph, ReadonlySet<string>>();

/** Ids of the channels that dead letters are sent to. */
function deadLetterTargets(graph: Graph): ReadonlySet<string> {
  const known = targets.get(graph);
  if (known) return known;
  const found = new Set<string>();
  const { queues, consumers, subscriptions } = graph.design;
  for (const { deadLetter } of subscriptions.values()) if (deadLetter !== undefined) found.add(deadLetter);
  for (const { deadLetter } of [...queues.values(), ...consumers.values()]) {
    if (typeof deadLetter === 'string') found.add(deadLetter);
    else if (typeof deadLetter === 'object' && deadLetter.target !== undefined) found.add(deadLetter.target);
  }
  targets.set(graph, found);
  return found;
}

/** Whether anything that enters a channel can reach a queue or stream, whatever its routing key. */
export function reachesQueue(graph: Graph, id: string, visited = new Set<string>()): boolean {
  const channel = graph.channel(id);
  if (!channel || visited.has(id)) return false;
  visited.add(id);
  if (channel.section === 'topics')
    return graph.consumersOf(id).length > 0 || graph.subscriptionsFrom(id).length > 0;
  if (channel.section !== 'exchanges') return true;
  return graph.bindingsFrom(id).some(({ value }) => reachesQueue(graph, value.destination, visited));
}

/** Items as a sentence lists them: `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
