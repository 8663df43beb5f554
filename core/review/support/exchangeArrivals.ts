import type { Channel } from '../../design/design.ts';
import { type Emission, type Graph, wayOf } from '../../design/graph.ts';
import { type DeadLetter, deadLetterOf } from '../../design/policies.ts';

/** What enters the exchanges of a design, and which bindings it passes. */
export interface ExchangeArrivals {
  /** Routing keys that enter each exchange, from producers, other exchanges and dead letters; on a headers exchange, headers. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  /** Exchanges into which something enters whose routing key or headers the design does not tell. */
  readonly open: ReadonlySet<string>;
  /** Bindings that something passes. */
  readonly passed: ReadonlySet<string>;
}

/** A message on its way; without an emission, one of which the design tells neither routing key nor headers. */
interface Arrival {
  readonly channel: string | undefined;
  readonly emission: Emission | undefined;
}

/** Follows every message of a design through its exchanges; each exchange is shown each key once. */
export function exchangeArrivals(graph: Graph): ExchangeArrivals {
  const keys = new Map<string, Set<string>>();
  const open = new Set<string>();
  const passed = new Set<string>();
  const seen = new Set<string>();
  const waiting = departures(graph);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { emission } = next;
    const channel = graph.channel(next.channel);
    if (!channel) continue;
    const what = emission ? wayOf(channel.id, emission) : channel.id;
    if (seen.has(what)) continue;
    seen.add(what);
    if (channel.section === 'queues') waiting.push(...deadLettersOf(graph, channel, emission));
    if (channel.section !== 'exchanges') continue;
    const { type = 'topic', alternateExchange } = channel.value;
    const bindings = graph.bindingsFrom(channel.id);
    if (!emission || (type === 'headers' && Object.keys(emission.headers).length === 0)) {
      open.add(channel.id);
      for (const { value } of bindings) waiting.push({ channel: value.destination, emission: undefined });
      waiting.push({ channel: alternateExchange, emission: undefined });
      continue;
    }
    const key = type === 'headers' ? headersText(emission.headers) : emission.routingKey;
    keys.set(channel.id, (keys.get(channel.id) ?? new Set()).add(key));
    const matching = graph.bindingsMatching(channel.id, emission);
    for (const { id, value } of matching) {
      passed.add(id);
      waiting.push({ channel: value.destination, emission });
    }
    if (matching.length === 0) waiting.push({ channel: alternateExchange, emission });
  }
  return { keys, open, passed };
}

/** Headers as a message shows them: `carrier=express`. */
export const headersText = (headers: Readonly<Record<string, unknown>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');

/** What producers send, one entry for each key; the default exchange takes the name of a queue for the routing key. */
const departures = (graph: Graph): Arrival[] =>
  [...graph.design.producers].flatMap(([id, value]): Arrival[] => {
    const emissions = graph.emissionsOf({ id, value });
    const channel = value.channel;
    if (emissions.length === 0) return [{ channel, emission: undefined }];
    const isQueue = graph.channel(channel)?.section === 'queues';
    return emissions.map((emission) => ({
      channel,
      emission: isQueue && channel !== undefined ? { ...emission, routingKey: channel } : emission,
    }));
  });

/** What a queue and its consumers send to dead-letter exchanges: with a key of its own, or with that of the message. */
function deadLettersOf(
  graph: Graph,
  { id, value }: Extract<Channel, { readonly section: 'queues' }>,
  emission: Emission | undefined,
): Arrival[] {
  const letters: readonly (DeadLetter | undefined)[] = [
    deadLetterOf(id, value.deadLetter),
    ...graph.consumersOf(id).map((consumer) => graph.deadLetterOf(consumer)),
  ];
  return letters.flatMap((letter) => {
    if (!letter?.exchange) return [];
    const key = letter.routingKey ?? letter.target;
    const known = emission ?? (key === undefined ? undefined : { message: '', routingKey: '', headers: {} });
    return [
      {
        channel: letter.exchange,
        emission: known && key !== undefined ? { ...known, routingKey: key } : known,
      },
    ];
  });
}
