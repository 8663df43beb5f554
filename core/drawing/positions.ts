import type { ElementAddress, Place, Point } from '../design/design.ts';
import { type Box, BoxIndex, boxAt, GRID, snap } from './geometry.ts';
import type { SceneLink } from './links.ts';
import type { Scene, SceneNode } from './scene.ts';
import type { DrawnShape } from './shapes.ts';

export type Positions = ReadonlyMap<ElementAddress, Point>;

/** Columns for elements that nothing connects to a placed one: flow runs from left to right. */
const column = {
  producer: 0,
  exchange: 208,
  topic: 208,
  queue: 448,
  deadLetter: 448,
  delay: 448,
  stream: 448,
  consumer: 720,
  note: 0,
} as const satisfies Record<DrawnShape, number>;

const GAP_X = 96;
/** Between a queue and the dead-letter queue that hangs below it. */
export const HANGING_GAP = 2 * GRID;

/**
 * A place for every element: where the file puts it, else where it was put before, else a free spot beside what it is
 * connected to. Depends on its arguments only, so the same file always looks the same.
 */
export function placeAll(
  scene: Scene,
  layout: ReadonlyMap<ElementAddress, Place>,
  remembered: Positions = new Map(),
): Positions {
  const placed = new Map<ElementAddress, Point>();
  const taken = new BoxIndex();
  const put = (node: SceneNode, point: Point): void => {
    placed.set(node.address, point);
    taken.add(boxAt(point, node.size));
  };
  const waiting: SceneNode[] = [];
  for (const node of scene.nodes) {
    const known = layout.get(node.address) ?? (node.origin ? undefined : remembered.get(node.address));
    if (known) put(node, known.length === 2 ? known : [known[0], known[1]]);
    else waiting.push(node);
  }
  // Dead-letter queues come late: they take the spot below their queue that is left. Delays stand beside those.
  const ordered = [
    ...waiting.filter((node) => !node.under),
    ...waiting.filter((node) => node.under && node.shape !== 'delay'),
    ...waiting.filter((node) => node.shape === 'delay'),
  ];
  const links = linksByEnd(scene);
  const searched = new Map<string, number>();
  for (const node of ordered) {
    const spots = desiredSpots(node, scene, placed, links.get(node.address) ?? []);
    put(node, freeSpot(node, spots, taken, searched));
  }
  return placed;
}

/** The connections of each element, in their order. */
function linksByEnd({ links }: Scene): ReadonlyMap<ElementAddress, readonly SceneLink[]> {
  const byEnd = new Map<ElementAddress, SceneLink[]>();
  for (const link of links) {
    for (const end of new Set([link.from, link.to])) {
      const known = byEnd.get(end);
      if (known) known.push(link);
      else byEnd.set(end, [link]);
    }
  }
  return byEnd;
}

/** Where an element would stand best, the best first. */
function desiredSpots(
  node: SceneNode,
  scene: Scene,
  placed: Positions,
  links: readonly SceneLink[],
): readonly [Point, ...Point[]] {
  const parent = node.under && scene.byAddress.get(node.under);
  const at = parent && placed.get(parent.address);
  if (parent && at && node.shape === 'delay') return [besideDelays(node, parent, at, scene, placed)];
  if (parent && at) {
    return [
      [at[0], at[1] + parent.size.height + HANGING_GAP],
      [at[0], at[1] - node.size.height - HANGING_GAP],
    ];
  }
  for (const link of links) {
    const source = link.to === node.address ? scene.byAddress.get(link.from) : undefined;
    const target = link.from === node.address ? scene.byAddress.get(link.to) : undefined;
    const sourceAt = source && placed.get(source.address);
    if (source && sourceAt) return [[sourceAt[0] + source.size.width + GAP_X, sourceAt[1]]];
    const targetAt = target && placed.get(target.address);
    if (targetAt) return [[targetAt[0] - node.size.width - GAP_X, targetAt[1]]];
  }
  return [[column[node.shape], 0]];
}

/** Delays stand in a row, in line with the dead-letter queue that hangs below the same element. */
function besideDelays(node: SceneNode, parent: SceneNode, at: Point, scene: Scene, placed: Positions): Point {
  const before = scene.links.find(({ kind, to }) => kind === 'retry' && to === node.address)?.from;
  const previous = before === parent.address ? undefined : before && scene.byAddress.get(before);
  const previousAt = previous && placed.get(previous.address);
  if (previous && previousAt) return [previousAt[0] + previous.size.width + 2 * GRID, previousAt[1]];
  const below = at[1] + parent.size.height + HANGING_GAP;
  const hangs = scene.nodes.some(
    (other) =>
      other.under === parent.address &&
      other.shape === 'deadLetter' &&
      placed.get(other.address)?.[1] === below,
  );
  return [at[0] + (hangs ? parent.size.width + 3 * GRID : 2 * GRID), below + GRID];
}

/**
 * The first desired spot where nothing stands, else the first free one below the best.
 * @param searched How far down it has been searched from a spot already, by spot and size: places are only taken.
 */
function freeSpot(
  node: SceneNode,
  spots: readonly [Point, ...Point[]],
  taken: BoxIndex,
  searched: Map<string, number>,
): Point {
  for (const [x, y] of spots) {
    if (!taken.hit(boxAt([snap(x), snap(y)], node.size), GRID)) return [snap(x), snap(y)];
  }
  const [[x, y]] = spots;
  const { width, height } = node.size;
  const key = `${x} ${y} ${width} ${height}`;
  const found = freeBelow(boxAt([snap(x), searched.get(key) ?? snap(y)], node.size), taken);
  searched.set(key, found[1]);
  return found;
}

/** The first free place for a box where it is or below it. */
export function freeBelow(wanted: Box, taken: BoxIndex): Point {
  let box = wanted;
  for (let hit = taken.hit(box, GRID); hit; hit = taken.hit(box, GRID)) {
    box = { ...box, y: Math.ceil((hit.y + hit.height) / GRID + 1) * GRID };
  }
  return [box.x, box.y];
}
