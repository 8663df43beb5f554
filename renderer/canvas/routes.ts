import type { ElementAddress } from '../../core/design/design.ts';
import { type Box, BoxIndex, boxAround, boxAt, overlaps } from './geometry.ts';
import type { SceneLink } from './links.ts';
import type { Positions } from './positions.ts';
import type { Scene } from './scene.ts';

type Side = 'left' | 'right' | 'top' | 'bottom';
type XY = readonly [x: number, y: number];

/** A line as drawn: SVG paths in canvas px and the place of its label. */
export interface Route {
  readonly path: string;
  readonly arrow: string;
  /** Top left corner of the label; `undefined` when there is none or no spot clear of the nodes. */
  readonly label: Box | undefined;
}

const LABEL_HEIGHT = 18;
const LABEL_CHAR = 6.7;
const NODE_CLEARANCE = 4;
const ARROW = 7;
const BUS_DISTANCE = 14;
const BUS_RADIUS = 6;

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
      if (box && overlaps(box, area, LABEL_AREA)) obstacles.add(box);
    }
    const anew = new Set([...changed].map(({ id }) => id));
    for (const [id, { label }] of before)
      if (label && !anew.has(id) && overlaps(label, area, LABEL_AREA)) obstacles.add(label);
  }
  const ordered = scene.links.filter((link) => changed.has(link));
  return new Map([...before, ...drawn(ordered, together, boxes, obstacles, labelScale)]);
}

/** How far from the elements of a line its label may stand, in px. */
const LABEL_AREA = 200;

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
    routes.set(link.id, route(link, [start, sides[0]], [end, sides[1]], obstacles, labelScale));
  }
  return routes;
}

const center = (box: Box): XY => [box.x + box.width / 2, box.y + box.height / 2];

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

/** Ends of lines by node and side. All are added before the first is asked for. */
class Ends {
  readonly #sides = new Map<string, { id: string; towards: XY }[]>();
  readonly #ranks = new Map<string, ReadonlyMap<string, number>>();

  add(node: ElementAddress, side: Side, id: string, towards: XY): void {
    const key = `${node} ${side}`;
    const list = this.#sides.get(key);
    if (list) list.push({ id, towards });
    else this.#sides.set(key, [{ id, towards }]);
  }

  /** Where a line touches the node; lines on one side are spread, at most 16 px apart. */
  point(node: ElementAddress, side: Side, id: string, box: Box): XY {
    const along = side === 'left' || side === 'right' ? 1 : 0;
    const ranks = this.#ranksOf(`${node} ${side}`, along);
    const length = (along === 1 ? box.height : box.width) - 24;
    const gap = Math.min(16, length / Math.max(1, ranks.size - 1));
    const offset = ((ranks.get(id) ?? 0) - (ranks.size - 1) / 2) * gap;
    const [x, y] = center(box);
    if (side === 'left') return [box.x, y + offset];
    if (side === 'right') return [box.x + box.width, y + offset];
    return side === 'top' ? [x + offset, box.y] : [x + offset, box.y + box.height];
  }

  #ranksOf(key: string, along: 0 | 1): ReadonlyMap<string, number> {
    const known = this.#ranks.get(key);
    if (known) return known;
    const order = [...(this.#sides.get(key) ?? [])].sort(
      (a, b) => a.towards[along] - b.towards[along] || (a.id < b.id ? -1 : 1),
    );
    const ranks = new Map(order.map(({ id }, rank) => [id, rank]));
    this.#ranks.set(key, ranks);
    return ranks;
  }
}

const outward: Readonly<Record<Side, XY>> = { left: [-1, 0], right: [1, 0], top: [0, -1], bottom: [0, 1] };

/** A line that goes straight up or down where the nodes stand above each other. */
function straighten(start: XY, end: XY, from: Box, to: Box): readonly [XY, XY] {
  const left = Math.max(from.x, to.x) + 12;
  const right = Math.min(from.x + from.width, to.x + to.width) - 12;
  if (left > right) return [start, end];
  const x = Math.min(right, Math.max(left, start[0]));
  return [
    [x, start[1]],
    [x, end[1]],
  ];
}

/** Alternates run down a common line left of the exchanges, so that many of them read as one. */
function busRoute(start: XY, end: XY): Pick<Route, 'path' | 'arrow'> {
  const x = Math.min(start[0], end[0]) - BUS_DISTANCE;
  const turn = end[1] > start[1] ? BUS_RADIUS : -BUS_RADIUS;
  const path =
    `M${pair(start)}H${x + BUS_RADIUS}Q${x},${start[1]} ${x},${start[1] + turn}` +
    `V${end[1] - turn}Q${x},${end[1]} ${x + BUS_RADIUS},${end[1]}H${end[0]}`;
  return { path, arrow: arrowAt(end, outward.left) };
}

function route(
  link: SceneLink,
  [start, startSide]: readonly [XY, Side],
  [end, endSide]: readonly [XY, Side],
  obstacles: BoxIndex,
  labelScale: number,
): Route {
  const [ox, oy] = outward[startSide];
  const [ix, iy] = outward[endSide];
  const reach = bend(start, end, startSide === endSide);
  const c1: XY = [start[0] + ox * reach, start[1] + oy * reach];
  const c2: XY = [end[0] + ix * reach, end[1] + iy * reach];
  const path = `M${pair(start)}C${pair(c1)} ${pair(c2)} ${pair(end)}`;
  const label =
    link.label === undefined
      ? undefined
      : labelSpot(link.label, (t) => cubic(start, c1, c2, end, t), obstacles, labelScale);
  if (label) obstacles.add(label);
  return { path, arrow: arrowAt(end, [ix, iy]), label };
}

/** How far the curve runs straight on before it bends, in px. */
function bend(start: XY, end: XY, sameSide: boolean): number {
  const dx = Math.abs(end[0] - start[0]);
  const dy = Math.abs(end[1] - start[1]);
  if (sameSide) return Math.min(120, 32 + dy / 10);
  return Math.max(Math.min(24, dy / 2 + 8), Math.min(160, Math.max(dx, dy) / 2));
}

const pair = ([x, y]: XY): string => `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;

function cubic(a: XY, b: XY, c: XY, d: XY, t: number): XY {
  const u = 1 - t;
  const at = (i: 0 | 1): number =>
    u * u * u * a[i] + 3 * u * u * t * b[i] + 3 * u * t * t * c[i] + t * t * t * d[i];
  return [at(0), at(1)];
}

/** An open arrow head whose tip touches the node. */
function arrowAt([x, y]: XY, [ix, iy]: XY): string {
  const base: XY = [x + ix * ARROW, y + iy * ARROW];
  const half = ARROW * 0.6;
  const a: XY = [base[0] + iy * half, base[1] + ix * half];
  const b: XY = [base[0] - iy * half, base[1] - ix * half];
  return `M${pair(a)}L${pair([x, y])}L${pair(b)}`;
}

const alongLine = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1];
const asideLine = [0, -14, 14, -28, 28];

/** The first spot on the line, then beside it, that is clear of every node and of the labels before. */
function labelSpot(text: string, at: (t: number) => XY, obstacles: BoxIndex, scale: number): Box | undefined {
  const width = Math.round((text.length * LABEL_CHAR + 14) * scale);
  const height = LABEL_HEIGHT * scale;
  for (const aside of asideLine) {
    for (const t of alongLine) {
      const [x, y] = at(t);
      const box: Box = {
        x: Math.round(x - width / 2),
        y: Math.round(y - height / 2 + aside * scale),
        width,
        height,
      };
      if (!obstacles.hit(box, NODE_CLEARANCE)) return box;
    }
  }
  return undefined;
}
