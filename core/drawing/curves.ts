import type { Box, BoxIndex } from './geometry.ts';

export type Side = 'left' | 'right' | 'top' | 'bottom';
export type XY = readonly [x: number, y: number];

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
const outward: Readonly<Record<Side, XY>> = { left: [-1, 0], right: [1, 0], top: [0, -1], bottom: [0, 1] };

/** A line that goes straight up or down where the nodes stand above each other. */
export function straighten(start: XY, end: XY, from: Box, to: Box): readonly [XY, XY] {
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
export function busRoute(start: XY, end: XY): Pick<Route, 'path' | 'arrow'> {
  const x = Math.min(start[0], end[0]) - BUS_DISTANCE;
  const turn = end[1] > start[1] ? BUS_RADIUS : -BUS_RADIUS;
  const path =
    `M${pair(start)}H${x + BUS_RADIUS}Q${x},${start[1]} ${x},${start[1] + turn}` +
    `V${end[1] - turn}Q${x},${end[1]} ${x + BUS_RADIUS},${end[1]}H${end[0]}`;
  return { path, arrow: arrowAt(end, outward.left) };
}

export function routeOf(
  text: string | undefined,
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
    text === undefined
      ? undefined
      : labelSpot(text, (t) => cubic(start, c1, c2, end, t), obstacles, labelScale);
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
