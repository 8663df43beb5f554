import { type Box, GRID, snap } from '../../core/drawing/geometry.ts';

/** A line that shows what a dragged element is in line with, in canvas px. */
export interface Guide {
  readonly axis: 'x' | 'y';
  /** Where the line stands on its axis. */
  readonly at: number;
  /** Its ends on the other axis. */
  readonly from: number;
  readonly to: number;
}

/** How a drag is to be corrected, and the lines that say why. */
export interface Snapped {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

interface Span {
  readonly start: number;
  readonly size: number;
  /** Extent on the other axis. */
  readonly from: number;
  readonly to: number;
}

const across = ({ x, y, width, height }: Box): Span => ({ start: x, size: width, from: y, to: y + height });
const down = ({ x, y, width, height }: Box): Span => ({ start: y, size: height, from: x, to: x + width });

const sides = ({ start, size }: Span): readonly number[] => [start, start + size];
const middle = ({ start, size }: Span): readonly number[] => [start + size / 2];

/** Sides come in line with sides and middles with middles. */
const pairs = (a: Span, b: Span): readonly (readonly [own: number, other: number])[] =>
  [sides, middle].flatMap((of) => of(a).flatMap((own) => of(b).map((other) => [own, other] as const)));

/**
 * Brings a dragged box in line with others that it comes close to, on each axis by itself; where there is none, on the
 * grid.
 * @param reach How close is close, in canvas px.
 */
export function snapTo(moving: Box, others: readonly Box[], reach: number): Snapped {
  const x = snapAxis(across(moving), others.map(across), reach);
  const y = snapAxis(down(moving), others.map(down), reach);
  return {
    dx: x.by,
    dy: y.by,
    guides: [
      ...guidesOf('x', across({ ...moving, x: moving.x + x.by, y: moving.y + y.by }), x.matches),
      ...guidesOf('y', down({ ...moving, x: moving.x + x.by, y: moving.y + y.by }), y.matches),
    ],
  };
}

interface AxisSnap {
  readonly by: number;
  readonly matches: readonly { readonly at: number; readonly span: Span }[];
}

function snapAxis(moving: Span, others: readonly Span[], reach: number): AxisSnap {
  let best = Number.POSITIVE_INFINITY;
  for (const other of others) {
    for (const [own, line] of pairs(moving, other)) {
      if (Math.abs(line - own) < Math.abs(best)) best = line - own;
    }
  }
  if (Math.abs(best) > reach) return { by: snap(moving.start, GRID) - moving.start, matches: [] };
  const placed = { ...moving, start: moving.start + best };
  const matches = others.flatMap((span) => {
    const met = pairs(placed, span).filter(([own, line]) => Math.abs(own - line) < 0.5);
    // Of one as wide, both sides say it; the middle adds nothing.
    return met.slice(0, 2).map(([, at]) => ({ at, span }));
  });
  return { by: best, matches };
}

/** One line for each place, as long as all that stands on it. */
function guidesOf(axis: Guide['axis'], moving: Span, matches: AxisSnap['matches']): Guide[] {
  const guides = new Map<number, Guide>();
  for (const { at, span } of matches) {
    const known = guides.get(at);
    guides.set(at, {
      axis,
      at,
      from: Math.min(known?.from ?? moving.from, span.from),
      to: Math.max(known?.to ?? moving.to, span.to),
    });
  }
  return [...guides.values()];
}
