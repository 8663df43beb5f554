import type { Origin } from '../design/derived.ts';
import { addressOf, type Design, type ElementAddress, type ElementOf, type Place } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import type { BrokerKind } from '../kinds/brokers.ts';
import type { Section } from '../kinds/registry.ts';
import { factsOf } from './facts.ts';
import type { Size } from './geometry.ts';
import { isDelay, linksOf, type SceneLink } from './links.ts';
import type { DrawnShape } from './shapes.ts';
import { noteSize, sizeOf } from './sizes.ts';

/** One element as drawn, without its place. */
export interface SceneNode {
  readonly address: ElementAddress;
  readonly id: string;
  /** What the shape is labelled with: the id, or what a delay waits. */
  readonly name: string;
  readonly shape: DrawnShape;
  /** The second line: the few facts that tell this element from its like. */
  readonly facts: string;
  readonly broker: string | undefined;
  readonly brokerKind: BrokerKind | undefined;
  /** The shorthand that implies the element; `undefined` for one the author drew. */
  readonly origin: Origin | undefined;
  readonly size: Size;
  /** Element that this dead-letter queue or delay hangs under when nothing else places it. */
  readonly under: ElementAddress | undefined;
}

/** What the canvas shows of a design: derived, with retry queues folded into their queue. */
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly links: readonly SceneLink[];
  readonly byAddress: ReadonlyMap<ElementAddress, SceneNode>;
}

type Layout = ReadonlyMap<ElementAddress, Place>;

const drawn = ['producers', 'exchanges', 'queues', 'topics', 'streams', 'consumers', 'notes'] as const;

/** Sections whose elements have a shape on the canvas. */
export const drawnSections: ReadonlySet<Section> = new Set(drawn);

/**
 * @param unfoldRetries also shows the delay queues that `retry` implies.
 * @param layout Sizes of notes; missing = as the file says.
 */
export function sceneOf(graph: Graph, unfoldRetries = false, layout: Layout = graph.design.layout): Scene {
  const { design } = graph;
  const links = linksOf(graph, unfoldRetries);
  const parents = new Map(
    links
      .filter((link) => link.kind === 'deadLetter')
      .map((link) => [link.to, parentIn(graph, link)] as const),
  );
  const nodes: SceneNode[] = [];
  for (const section of drawn) {
    for (const [id, value] of design[section]) {
      const address = addressOf(section, id);
      const origin = graph.origins.get(address);
      const delay = origin !== undefined && isDelay(origin);
      if (delay && !unfoldRetries) continue;
      const shape = delay ? 'delay' : shapeOf(section, value, parents.has(address));
      const broker = 'broker' in value ? value.broker : undefined;
      const facts = factsOf[shape](graph, id);
      const name = delay ? delayName(id, origin, value) : id;
      nodes.push({
        address,
        id,
        name,
        shape,
        facts,
        broker,
        brokerKind: broker === undefined ? undefined : design.brokers.get(broker)?.kind,
        origin,
        size: shape === 'note' ? noteSize(layout.get(address)) : sizeOf(shape, name, facts),
        under: delay
          ? origin.address
          : shape === 'deadLetter' && graph.consumersOf(id).length === 0
            ? parents.get(address)
            : undefined,
      });
    }
  }
  alignHanging(nodes);
  const byAddress = new Map(nodes.map((node) => [node.address, node]));
  return {
    nodes,
    links: links.filter((link) => byAddress.has(link.from) && byAddress.has(link.to)),
    byAddress,
  };
}

/** What dead letters hang under: the element that gives them up, on a log the log itself, inside its broker's area. */
function parentIn(graph: Graph, { from, to }: SceneLink): ElementAddress {
  const consumer = from.startsWith('consumers/') && to.startsWith('streams/') ? from.slice(10) : undefined;
  const channel = graph.channel(consumer && graph.design.consumers.get(consumer)?.channel);
  return channel ? addressOf(channel.section, channel.id) : from;
}

function delayName(id: string, { role }: Origin, value: object): string {
  if (role === 'replay') return 'replay';
  if ('messageTtl' in value && typeof value.messageTtl === 'string') return value.messageTtl;
  return id.slice(id.lastIndexOf('.') + 1);
}

/** A dead-letter queue that hangs below its queue is as wide, so that their edges are in line. */
function alignHanging(nodes: SceneNode[]): void {
  const widths = new Map(nodes.map(({ address, size }) => [address, size.width]));
  for (const [index, node] of nodes.entries()) {
    const width = node.shape === 'deadLetter' && node.under && widths.get(node.under);
    if (!width || width <= node.size.width) continue;
    nodes[index] = { ...node, size: { ...node.size, width } };
  }
}

type Drawn = (typeof drawn)[number];
const shapeBySection = {
  producers: 'producer',
  exchanges: 'exchange',
  queues: 'queue',
  topics: 'topic',
  streams: 'stream',
  consumers: 'consumer',
  notes: 'note',
} as const satisfies Record<Drawn, DrawnShape>;

function shapeOf(section: Drawn, value: ElementOf<Drawn>, receivesDeadLetters: boolean): DrawnShape {
  if (section === 'streams' && receivesDeadLetters) return 'deadLetter';
  if (section !== 'queues') return shapeBySection[section];
  const { role } = value as Design['queues'] extends ReadonlyMap<string, infer Q> ? Q : never;
  return role === 'dead-letter' || (receivesDeadLetters && role === undefined) ? 'deadLetter' : 'queue';
}
