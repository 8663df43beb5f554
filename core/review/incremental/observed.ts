import type { Channel, Design } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { channelSections, type Section } from '../../kinds/registry.ts';
import { cells } from './cells.ts';

/** What one judgement has looked at. If nothing of it changes, the judgement stands. */
export interface Reads {
  /** Parts of the design, by the names of `cells`. */
  readonly cells: Set<string>;
  /** Answers that were computed from more of the design than is worth writing down. */
  readonly answers: Answer[];
}

interface Answer {
  readonly value: unknown;
  ask(graph: Graph): unknown;
}

interface Observation {
  readonly graph: Graph;
  readonly reads: Reads;
}

const observations = new WeakMap<Graph, Observation>();

/** A graph that behaves like `graph` and writes down in `reads` what is asked of it. */
export function observed(graph: Graph, reads: Reads): Graph {
  const design = observedDesign(graph.design, reads);
  const origins = new ObservedMap(graph.origins, 'origins', reads);
  const result = new Proxy(graph, {
    get(_, key: keyof Graph) {
      if (key === 'design') return design;
      if (key === 'origins') return origins;
      const value: unknown = graph[key];
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        const read = Object.hasOwn(queries, key) ? queries[key as keyof typeof queries] : undefined;
        if (!read)
          return remember(reads, graph, (any) => (any[key] as (...a: unknown[]) => unknown)(...args));
        for (const cell of (read as (...a: unknown[]) => readonly string[])(...args)) reads.cells.add(cell);
        return value.apply(graph, args);
      };
    },
  });
  observations.set(result, { graph, reads });
  return result;
}

/**
 * A question to the graph whose answer rules use without regard to how it was found. A rule that asks it is asked
 * again when the answer changes, and not when something changes that the answer was found from. What is kept for a
 * graph, such as an index in a `WeakMap`, is safe inside a question.
 */
export const question =
  <A extends readonly unknown[], T>(answer: (graph: Graph, ...args: A) => T) =>
  (graph: Graph, ...args: A): T => {
    const seen = observations.get(graph);
    return seen ? remember(seen.reads, seen.graph, (any) => answer(any, ...args)) : answer(graph, ...args);
  };

function remember<T>(reads: Reads, graph: Graph, ask: (graph: Graph) => T): T {
  const value = ask(graph);
  reads.answers.push({ value, ask });
  return value;
}

type Reader<K extends keyof Graph> = Graph[K] extends (...args: infer A) => unknown
  ? (...args: A) => readonly string[]
  : never;

/** What each query of a graph depends on. One that is not listed is taken as a {@link question}. */
const queries = {
  channel: (id) => (id === undefined ? [] : [cells.channel(id)]),
  channels: () => channelSections,
  brokerOf: ({ value }: Channel) => [cells.element('brokers', value.broker)],
  brokerKindOf: ({ value }: Channel) => [cells.element('brokers', value.broker)],
  producersOf: (channel) => [cells.producersOf(channel)],
  consumersOf: (channel) => [cells.consumersOf(channel)],
  bindingsFrom: (exchange) => [cells.bindingsFrom(exchange)],
  bindingsMatching: (exchange) => [cells.channel(exchange), cells.bindingsFrom(exchange)],
  bindingsTo: (channel) => [cells.bindingsTo(channel)],
  subscriptionsFrom: (topic) => [cells.subscriptionsFrom(topic)],
  flowsOf: (address) => [cells.flowsOf(address)],
  serviceOf: () => [],
  emissionsOf: () => [],
  retryOf: ({ value }) => [...(value.channel ? [cells.channel(value.channel)] : []), 'retryPolicies'],
  deadLetterOf: ({ value }) => (value.channel ? [cells.channel(value.channel)] : []),
  idempotencyOf: () => ['idempotencyPolicies'],
} as const satisfies { readonly [K in keyof Graph]?: Reader<K> };

const NOWHERE: Design['layout'] = new Map();

function observedDesign(design: Design, reads: Reads): Design {
  const maps = new Map<string, unknown>();
  return new Proxy(design, {
    get(_, key: keyof Design) {
      // What a rule finds never depends on where something is drawn.
      if (key === 'layout') return NOWHERE;
      const value = design[key];
      if (!(value instanceof Map)) {
        reads.cells.add(key);
        return value;
      }
      if (!maps.has(key)) maps.set(key, new ObservedMap(value, key as Section, reads));
      return maps.get(key);
    },
  });
}

/** A section of which every look-up is written down; who goes through it looks at all of it. */
class ObservedMap<V> implements ReadonlyMap<string, V> {
  readonly #map: ReadonlyMap<string, V>;
  readonly #section: string;
  readonly #reads: Reads;

  constructor(map: ReadonlyMap<string, V>, section: string, reads: Reads) {
    this.#map = map;
    this.#section = section;
    this.#reads = reads;
  }

  get(id: string): V | undefined {
    this.#reads.cells.add(cells.element(this.#section, id));
    return this.#map.get(id);
  }

  has(id: string): boolean {
    this.#reads.cells.add(cells.element(this.#section, id));
    return this.#map.has(id);
  }

  get size(): number {
    return this.#all.size;
  }

  keys() {
    return this.#all.keys();
  }

  values() {
    return this.#all.values();
  }

  entries() {
    return this.#all.entries();
  }

  [Symbol.iterator]() {
    return this.#all[Symbol.iterator]();
  }

  forEach(visit: (value: V, id: string, map: ReadonlyMap<string, V>) => void): void {
    this.#all.forEach(visit);
  }

  get #all(): ReadonlyMap<string, V> {
    this.#reads.cells.add(this.#section);
    return this.#map;
  }
}
