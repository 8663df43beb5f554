import type { Origin } from '../../core/design/derived.ts';
import { addressOf, type Design, type ElementAddress, type ElementOf } from '../../core/design/design.ts';
import type { Graph } from '../../core/design/graph.ts';
import type { BrokerKind } from '../../core/kinds/brokers.ts';
import { factsOf } from './facts.ts';
import type { Size } from './geometry.ts';
import { linksOf, type SceneLink } from './links.ts';
import type { Shape } from './shapes.ts';
import { sizeOf } from './sizes.ts';

/** One element as drawn, without its place. */
export interface SceneNode {
  readonly address: ElementAddress;
  readonly id: string;
  readonly shape: Shape;
  /** The second line: the few facts that tell this element from its like. */
  readonly facts: string;
  readonly broker: string | undefined;
  readonly brokerKind: BrokerKind | undefined;
  /** The shorthand that implies the element; `undefined` for one the author drew. */
  readonly origin: Origin | undefined;
  readonly size: Size;
  /** Queue that this dead-letter queue hangs under when nothing else places it. */
  readonly under: ElementAddress | undefined;
}

/** What the canvas shows of a design: derived, with retry queues folded into their queue. */
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly links: readonly SceneLink[];
  readonly byAddress: ReadonlyMap<ElementAddress, SceneNode>;
}

const drawnSections = [
  'producers',
  'exchanges',
  'queues',
  'topics',
  'streams',
  'consumers',
  'notes',
] as const;

/** @param unfoldRetries also shows the delay queues that `retry` implies. */
export function sceneOf(graph: Graph, unfoldRetries = false): Scene {
  const { design } = graph;
  const links = linksOf(graph, unfoldRetries);
  const parents = new Map(
    links.filter((link) => link.kind === 'deadLetter').map((link) => [link.to, link.from] as const),
  );
  const nodes: SceneNode[] = [];
  for (const section of drawnSections) {
    for (const [id, value] of design[section]) {
      const address = addressOf(section, id);
      const origin = graph.origins.get(address);
      if ((origin?.field === 'retry' || origin?.role === 'replay') && !unfoldRetries) continue;
      const shape = shapeOf(section, value, parents.has(address));
      const broker = 'broker' in value ? value.broker : undefined;
      const facts = factsOf[shape](graph, id);
      nodes.push({
        address,
        id,
        shape,
        facts,
        broker,
        brokerKind: broker === undefined ? undefined : design.brokers.get(broker)?.kind,
        origin,
        size: sizeOf(shape, id, facts),
        under:
          shape === 'deadLetter' && graph.consumersOf(id).length === 0 ? parents.get(address) : undefined,
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

/** A dead-letter queue that hangs below its queue is as wide, so that their edges are in line. */
function alignHanging(nodes: SceneNode[]): void {
  const widths = new Map(nodes.map(({ address, size }) => [address, size.width]));
  for (const [index, node] of nodes.entries()) {
    const width = node.under && widths.get(node.under);
    if (width === undefined || width <= node.size.width) continue;
    nodes[index] = { ...node, size: { ...node.size, width } };
  }
}

type Drawn = (typeof drawnSections)[number];
const shapeBySection = {
  producers: 'producer',
  exchanges: 'exchange',
  queues: 'queue',
  topics: 'topic',
  streams: 'stream',
  consumers: 'consumer',
  notes: 'note',
} as const satisfies Record<Drawn, Shape>;

function shapeOf(section: Drawn, value: ElementOf<Drawn>, receivesDeadLetters: boolean): Shape {
  if (section !== 'queues') return shapeBySection[section];
  const { role } = value as Design['queues'] extends ReadonlyMap<string, infer Q> ? Q : never;
  return role === 'dead-letter' || (receivesDeadLetters && role === undefined) ? 'deadLetter' : 'queue';
}
