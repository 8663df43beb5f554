import type { ElementAddress } from '../design/design.ts';
import { busRoute, type Route, routeOf, type Side, straighten, type XY } from './curves.ts';
import { center, Ends } from './ends.ts';
import { type Box, BoxIndex, boxAround, boxAt, overlaps } from './geometry.ts';
import type { SceneLink } from './links.ts';
import type { Positions } from './positions.ts';
import type { Scene } from './scene.ts';

/**
 * Lines of a scene: ends spread along the sides of a node in the order of what they lead to, so that they do not cross.
 * @param labelScale How much larger labels are drawn, for a canvas that is zoomed out.
 */
export function routesOf(scene: Scene, positions: Positions, labelScale = 1): ReadonlyMap<string, Route> {
  const boxes = new Map<ElementAddress, Box>();
  const obstacles = new BoxIndex();
  for (const node of scene.nodes) {
    const at = positions.get(node.address);
    if (!at) continue;
    const box = boxAt(at, node.size);
    boxes.set(node.address, box);
    obstacles.add(box);
  }
  return drawn(scene.links, scene.links, boxes, obstacles, labelScale);
}

/**
 * The routes that some moved elements leave behind them: lines at the moved elements and at what those are connected to
 * are drawn anew, all others are the same as before. Labels keep clear of what is near.
 */
export function rerouted(
  scene: Scene,
  positions: Positions,
  before: ReadonlyMap<string, Route>,
  moved: ReadonlySet<ElementAddress>,
  labelScale = 1,
): ReadonlyMap<string, Route> {
  const touching = linksByNode(scene);
  const linksOf = (addresses: Iterable<ElementAddress>): ReadonlySet<SceneLink> =>
    new Set([...addresses].flatMap((address) => touching.get(address) ?? []));
  const endsOf = (links: Iterable<SceneLink>): ReadonlySet<ElementAddress> =>
    new Set([...links].flatMap(({ from, to }) => [from, to]));
  const changed = linksOf(endsOf(linksOf(moved)));
  const boxOf = (address: ElementAddress): Box | undefined => {
    const at = positions.get(address);
    const size = scene.byAddress.get(address)?.size;
    return at && size && boxAt(at, size);
  };
  const boxes = new Map<ElementAddress, Box>();
  // The order of ends on a side depends on all lines there, those that stay as they are among them.
  const together = linksOf(endsOf(changed));
  for (const address of endsOf(together)) {
    const box = boxOf(address);
    if (box) boxes.set(address, box);
  }
  const area = boxAround([...endsOf(changed)].flatMap((address) => boxes.get(address) ?? []));
  const obstacles = new BoxIndex();
  if (area) {
    for (const { address } of scene.nodes) {
      const box = boxOf(address);
      if (box && overlaps(box, area, LINE_AREA)) obstacles.add(box);
    }
    const anew = new Set([...changed].map(({ id }) => id));
    for (const [id, { label }] of before)
      if (label && !anew.has(id) && overlaps(label, area, LINE_AREA)) obstacles.add(label);
  }
  const ordered = scene.links.filter((link) => changed.has(link));
  return new Map([...before, ...drawn(ordered, together, boxes, obstacles, labelScale)]);
}

/** How far from the elements that it connects a line may bend and its label may stand, in px. */
export const LINE_AREA = 200;

const indexes = new WeakMap<Scene, ReadonlyMap<ElementAddress, readonly SceneLink[]>>();

function linksByNode(scene: Scene): ReadonlyMap<ElementAddress, readonly SceneLink[]> {
  const known = indexes.get(scene);
  if (known) return known;
  const index = new Map<ElementAddress, SceneLink[]>();
  for (const link of scene.links) {
    for (const address of new Set([link.from, link.to])) {
      const list = index.get(address);
      if (list) list.push(link);
      else index.set(address, [link]);
    }
  }
  indexes.set(scene, index);
  return index;
}

/** @param together All lines that share a side with the drawn ones. */
function drawn(
  links: Iterable<SceneLink>,
  together: Iterable<SceneLink>,
  boxes: ReadonlyMap<ElementAddress, Box>,
  obstacles: BoxIndex,
  labelScale: number,
): Map<string, Route> {
  const ends = new Ends();
  for (const link of together) {
    const from = boxes.get(link.from);
    const to = boxes.get(link.to);
    // Retries leave a queue beside the ends of the others, which stay in line with what they lead to.
    if (!from || !to || link.kind === 'alternate' || link.kind === 'retry') continue;
    const sides = sidesOf(link, from, to);
    // Below the end of what the consumer reads, which stays where it is.
    if (sides[0] !== 'left') ends.add(link.from, sides[0], link.id, center(to));
    ends.add(link.to, sides[1], link.id, center(from));
  }
  const routes = new Map<string, Route>();
  for (const link of links) {
    const from = boxes.get(link.from);
    const to = boxes.get(link.to);
    if (!from || !to) continue;
    if (link.kind === 'alternate') {
      const start: XY = [from.x, from.y + from.height * 0.78];
      routes.set(link.id, { ...busRoute(start, [to.x, to.y + to.height / 2]), label: undefined });
      continue;
    }
    const sides = sidesOf(link, from, to);
    let start = ends.point(link.from, sides[0], link.id, from);
    let end = ends.point(link.to, sides[1], link.id, to);
    if (sides[0] === 'left') start = [from.x, from.y + from.height * 0.8];
    if (link.kind === 'retry' && sides[0] === 'right') {
      start = [
        from.x + from.width,
        to.y > from.y + from.height ? from.y + from.height * 0.8 : center(from)[1],
      ];
      end = [to.x, center(to)[1]];
    }
    if (sides[1] === 'bottom' || sides[1] === 'top') [start, end] = straighten(start, end, from, to);
    routes.set(link.id, routeOf(link.label, [start, sides[0]], [end, sides[1]], obstacles, labelScale));
  }
  return routes;
}
/** Flow runs left to right; dead letters and alternates leave by the side that faces their target. */
function sidesOf({ kind }: SceneLink, from: Box, to: Box): readonly [Side, Side] {
  if (kind === 'alternate') return ['left', 'left'];
  if (kind === 'retry' && to.x >= from.x + from.width) return ['right', 'left'];
  if (kind !== 'deadLetter' && kind !== 'retry') return ['right', 'left'];
  const apart = to.x > from.x + from.width + 24;
  if (apart && Math.abs(to.y - from.y) < from.height) return ['right', 'left'];
  // Back to a log that its consumer reads.
  if (to.x + to.width + 24 < from.x) return ['left', 'right'];
  return to.y >= from.y + from.height ? ['bottom', 'top'] : ['top', 'bottom'];
}
