import { type Node, type NodeHandle, Position } from '@xyflow/react';
import type { ElementAddress, Point } from '../../core/design/design.ts';
import type { Route } from '../../core/drawing/curves.ts';
import type { Size } from '../../core/drawing/geometry.ts';
import { type BrokerGroup, brokerGroups } from '../../core/drawing/groups.ts';
import type { SceneLink } from '../../core/drawing/links.ts';
import type { Positions } from '../../core/drawing/positions.ts';
import { rerouted, routesOf } from '../../core/drawing/routes.ts';
import type { Scene, SceneNode } from '../../core/drawing/scene.ts';
import type { DrawnShape } from '../../core/drawing/shapes.ts';
import { equal } from '../../core/equal.ts';
import type { Severity } from '../../core/review/index.ts';
import type { Issue, Unknown } from '../store/issues.ts';

/** Count of findings on an element, coloured by the worst; a question mark where nothing but an answer is missing. */
export interface Badge {
  readonly severity: Severity | 'unknown';
  readonly text: string;
  readonly title: string;
}

export type FlowNodeData = {
  readonly node: SceneNode;
  readonly badge: Badge | undefined;
  /** Whether it names what is selected, such as its service. */
  readonly related: boolean;
};
export type ElementNode = Node<FlowNodeData, DrawnShape>;
export type GroupNode = Node<{ readonly group: BrokerGroup }, 'broker'>;

/** A connection as drawn. */
export interface Line {
  readonly link: SceneLink;
  readonly selected: boolean;
}

/** Names of shapes for screen readers, where they differ from the shape's. */
const shapeNames: Readonly<Partial<Record<DrawnShape, string>>> = {
  deadLetter: 'dead-letter queue',
  delay: 'retry delay',
};

const GROUP_PREFIX = 'group:';

/** Nodes and lines for the canvas; one that did not change is the same object as before, so that it is not drawn again. */
export class FlowCache {
  readonly #nodes = new Map<string, ElementNode>();
  readonly #lines = new Map<string, Line>();
  #last:
    | {
        readonly scene: Scene;
        readonly positions: Positions;
        readonly labelScale: number;
        readonly routes: ReadonlyMap<string, Route>;
      }
    | undefined;

  lines(links: readonly SceneLink[], selected: ReadonlySet<ElementAddress>): Line[] {
    return links.map((link) => this.#line(link, link.kind === 'binding' && selected.has(link.element)));
  }

  /** While few elements move, as in a drag, most routes are those of before. */
  routes(scene: Scene, positions: Positions, labelScale: number): ReadonlyMap<string, Route> {
    const last = this.#last;
    let routes: ReadonlyMap<string, Route>;
    if (last?.scene === scene && last.labelScale === labelScale) {
      const moved = new Set<ElementAddress>();
      for (const [address, at] of positions) {
        const before = last.positions.get(address);
        if (before !== at && (before?.[0] !== at[0] || before[1] !== at[1])) moved.add(address);
      }
      if (moved.size === 0 && last.positions.size === positions.size) return last.routes;
      routes =
        moved.size < scene.nodes.length / 4
          ? rerouted(scene, positions, last.routes, moved, labelScale)
          : routesOf(scene, positions, labelScale);
    } else routes = routesOf(scene, positions, labelScale);
    this.#last = { scene, positions, labelScale, routes };
    return routes;
  }

  #line(link: SceneLink, selected: boolean): Line {
    const known = this.#lines.get(link.id);
    if (known?.selected === selected && equal(known.link, link)) return known;
    const line: Line = { link, selected };
    this.#lines.set(link.id, line);
    return line;
  }

  nodes(
    elements: readonly SceneNode[],
    positions: Positions,
    selected: ReadonlySet<ElementAddress>,
    badges: ReadonlyMap<ElementAddress, Badge>,
    related: ReadonlySet<ElementAddress> = new Set(),
  ): ElementNode[] {
    return elements.flatMap((element) => {
      const at = positions.get(element.address);
      if (!at) return [];
      const { address } = element;
      return [this.#node(element, at, selected.has(address), badges.get(address), related.has(address))];
    });
  }

  #node(
    element: SceneNode,
    [x, y]: Point,
    isSelected: boolean,
    badge: Badge | undefined,
    related: boolean,
  ): ElementNode {
    const known = this.#nodes.get(element.address);
    if (
      known?.position.x === x &&
      known.position.y === y &&
      known.selected === isSelected &&
      known.data.related === related &&
      equal(known.data.badge, badge) &&
      equal(known.data.node, element)
    )
      return known;
    const data = { node: element, badge, related };
    const { width, height } = element.size;
    const node: ElementNode = {
      id: element.address,
      type: element.shape,
      position: { x, y },
      width,
      height,
      measured: { width, height },
      handles: element.shape === 'note' ? [] : handlesOf(element.size),
      selected: isSelected,
      draggable: element.origin === undefined,
      connectable: element.origin === undefined && element.shape !== 'note',
      // One stop of Tab for the whole canvas; from there the app itself goes through the elements, in reading order.
      domAttributes: { tabIndex: -1 },
      ariaLabel: `${shapeNames[element.shape] ?? element.shape} ${element.id}, ${element.facts}`,
      data,
    };
    this.#nodes.set(element.address, node);
    return node;
  }
}

/** Width and height of a port, in px. */
const PORT = 10;

/**
 * Where the ports of an element are, as its style sheet has them. Told beforehand, since React Flow draws every node whose
 * ports it has to measure, those out of view too.
 */
const handlesOf = ({ width, height }: Size): NodeHandle[] => [
  { id: 'in', type: 'target', position: Position.Left, x: 0, y: 0, width, height },
  {
    id: 'out',
    type: 'source',
    position: Position.Right,
    x: width - PORT / 2,
    y: (height - PORT) / 2,
    width: PORT,
    height: PORT,
  },
];

export function groupNodes(scene: Scene, positions: Positions): GroupNode[] {
  return brokerGroups(scene, positions).map((group) => ({
    id: `${GROUP_PREFIX}${group.id}`,
    type: 'broker',
    position: { x: group.box.x, y: group.box.y },
    width: group.box.width,
    height: group.box.height,
    measured: { width: group.box.width, height: group.box.height },
    handles: [],
    selectable: false,
    draggable: false,
    focusable: false,
    connectable: false,
    zIndex: -1,
    data: { group },
  }));
}

/** Badges by element; a finding on a binding or a consumer without a shape shows on none. */
export function badgesOf(
  issues: readonly Issue[],
  unknowns: readonly Unknown[],
): ReadonlyMap<ElementAddress, Badge> {
  const badges = new Map<ElementAddress, Badge>();
  const missing = new Map<ElementAddress, string[]>();
  for (const { attribute, elements } of unknowns) {
    const name = attribute.slice(attribute.indexOf('.') + 1);
    for (const element of elements) missing.set(element, [...(missing.get(element) ?? []), name]);
  }
  for (const [element, names] of missing)
    badges.set(element, { severity: 'unknown', text: '?', title: `Not stated: ${names.join(', ')}` });
  const counts = new Map<ElementAddress, number>();
  for (const { element, severity, message } of issues) {
    if (!element) continue;
    const count = (counts.get(element) ?? 0) + 1;
    const before = badges.get(element);
    counts.set(element, count);
    // Issues come worst first, so the first one gives the colour.
    badges.set(element, {
      severity: before && count > 1 ? before.severity : severity,
      text: String(count),
      title: before ? `${before.title}\n${message}` : message,
    });
  }
  return badges;
}
