import type { ElementAddress, Point } from '../../core/design/design.ts';
import type { Positions } from '../../core/drawing/positions.ts';
import type { Scene } from '../../core/drawing/scene.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

interface Placed {
  readonly address: ElementAddress;
  /** Middle of the element, in canvas px. */
  readonly middle: Point;
}

function placed(scene: Scene, positions: Positions): Placed[] {
  return scene.nodes.flatMap(({ address, size }) => {
    const at = positions.get(address);
    return at ? [{ address, middle: [at[0] + size.width / 2, at[1] + size.height / 2] as const }] : [];
  });
}

/** Elements whose middles differ by less stand in one row, in px: half of a usual element. */
const ROW = 28;

/** All elements as a page is read: row by row from the top, each from left to right, which is how messages flow. */
export function readingOrder(scene: Scene, positions: Positions): readonly ElementAddress[] {
  const rows: Placed[][] = [];
  for (const element of placed(scene, positions).sort((a, b) => a.middle[1] - b.middle[1])) {
    const row = rows.at(-1);
    const top = row?.[0]?.middle[1];
    if (row && top !== undefined && element.middle[1] - top < ROW) row.push(element);
    else rows.push([element]);
  }
  return rows.flatMap((row) => row.sort((a, b) => a.middle[0] - b.middle[0]).map(({ address }) => address));
}

const along: Readonly<
  Record<Direction, (dx: number, dy: number) => readonly [ahead: number, aside: number]>
> = {
  left: (dx, dy) => [-dx, dy],
  right: (dx, dy) => [dx, dy],
  up: (dx, dy) => [-dy, dx],
  down: (dx, dy) => [dy, dx],
};

/** The nearest of some elements in a direction; what stands aside counts as twice as far. */
export function nearestTowards(
  from: Point,
  direction: Direction,
  elements: readonly ElementAddress[],
  scene: Scene,
  positions: Positions,
): ElementAddress | undefined {
  const wanted = new Set(elements);
  const ahead = placed(scene, positions).flatMap(({ address, middle }) => {
    const [distance, aside] = along[direction](middle[0] - from[0], middle[1] - from[1]);
    return wanted.has(address) && distance > 0 ? [{ address, far: distance + 2 * Math.abs(aside) }] : [];
  });
  return ahead.sort((a, b) => a.far - b.far)[0]?.address;
}

/** Middle of an element, in canvas px. */
export function middleOf(address: ElementAddress, scene: Scene, positions: Positions): Point | undefined {
  const at = positions.get(address);
  const size = scene.byAddress.get(address)?.size;
  return at && size && [at[0] + size.width / 2, at[1] + size.height / 2];
}
