import type { Edge, Node } from '@xyflow/react';
import type { ElementAddress, Point } from '../../core/design/design.ts';
import type { Severity } from '../../core/review/index.ts';
import type { Issue } from '../store/issues.ts';
import { type BrokerGroup, brokerGroups } from './groups.ts';
import type { LinkKind, SceneLink } from './links.ts';
import type { Positions } from './positions.ts';
import { type Route, routesOf } from './routes.ts';
import type { Scene, SceneNode } from './scene.ts';
import type { Shape } from './shapes.ts';

/** Count of findings on an element, coloured by the worst. */
export interface Badge {
  readonly severity: Severity;
  readonly count: number;
  readonly title: string;
}

export type FlowNodeData = { readonly node: SceneNode; readonly badge: Badge | undefined };
export type ElementNode = Node<FlowNodeData, Shape>;
export type GroupNode = Node<{ readonly group: BrokerGroup }, 'broker'>;
export type LinkEdge = Edge<
  { readonly link: SceneLink; readonly route: Route; readonly selected: boolean },
  LinkKind
>;

const GROUP_PREFIX = 'group:';

/** Nodes for the canvas; one whose inputs did not change is the same object as before, so that it is not drawn again. */
export class NodeCache {
  readonly #nodes = new Map<string, { key: string; data: FlowNodeData; node: ElementNode }>();

  nodes(
    scene: Scene,
    positions: Positions,
    selected: ReadonlySet<ElementAddress>,
    badges: ReadonlyMap<ElementAddress, Badge>,
  ): ElementNode[] {
    return scene.nodes.flatMap((element) => {
      const at = positions.get(element.address);
      return at ? [this.#node(element, at, selected.has(element.address), badges.get(element.address))] : [];
    });
  }

  #node(element: SceneNode, [x, y]: Point, isSelected: boolean, badge: Badge | undefined): ElementNode {
    const key = `${x} ${y} ${isSelected} ${JSON.stringify(element)} ${JSON.stringify(badge)}`;
    const known = this.#nodes.get(element.address);
    if (known?.key === key) return known.node;
    const data = { node: element, badge };
    const { width, height } = element.size;
    const node: ElementNode = {
      id: element.address,
      type: element.shape,
      position: { x, y },
      width,
      height,
      measured: { width, height },
      selected: isSelected,
      draggable: element.origin === undefined,
      connectable: element.origin === undefined && element.shape !== 'note',
      ariaLabel: `${element.shape === 'deadLetter' ? 'dead-letter queue' : element.shape} ${element.id}, ${element.facts}`,
      data,
    };
    this.#nodes.set(element.address, { key, data, node });
    return node;
  }
}

export function groupNodes(scene: Scene, positions: Positions): GroupNode[] {
  return brokerGroups(scene, positions).map((group) => ({
    id: `${GROUP_PREFIX}${group.id}`,
    type: 'broker',
    position: { x: group.box.x, y: group.box.y },
    width: group.box.width,
    height: group.box.height,
    measured: { width: group.box.width, height: group.box.height },
    selectable: false,
    draggable: false,
    focusable: false,
    connectable: false,
    zIndex: -1,
    data: { group },
  }));
}

export function linkEdges(
  scene: Scene,
  positions: Positions,
  selected: ReadonlySet<ElementAddress>,
): LinkEdge[] {
  const routes = routesOf(scene, positions);
  return scene.links.flatMap((link) => {
    const route = routes.get(link.id);
    if (!route) return [];
    return [
      {
        id: link.id,
        type: link.kind,
        source: link.from,
        target: link.to,
        selectable: false,
        focusable: false,
        data: { link, route, selected: link.kind === 'binding' && selected.has(link.element) },
      },
    ];
  });
}

/** Badges by element; a finding on a binding or a consumer without a shape shows on none. */
export function badgesOf(issues: readonly Issue[]): ReadonlyMap<ElementAddress, Badge> {
  const badges = new Map<ElementAddress, Badge>();
  for (const { element, severity, message } of issues) {
    if (!element) continue;
    const before = badges.get(element);
    // Issues come worst first, so the first one gives the colour.
    badges.set(element, {
      severity: before?.severity ?? severity,
      count: (before?.count ?? 0) + 1,
      title: before ? `${before.title}\n${message}` : message,
    });
  }
  return badges;
}
