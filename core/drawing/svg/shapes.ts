import type { Design } from '../../design/design.ts';
import type { exchangeTypes } from '../../kinds/exchange/index.ts';
import type { Box } from '../geometry.ts';
import type { SceneNode } from '../scene.ts';
import type { DrawnShape } from '../shapes.ts';
import type { Glyph } from './glyphs.ts';
import { tag } from './markup.ts';
import type { Radii } from './outline.ts';

/** How a shape differs from the others; lengths in px, as the style sheets of the canvas have them. */
export interface ShapeLook {
  readonly radii: Radii;
  readonly left: number;
  readonly right: number;
  /** Room below the text. */
  readonly bottom?: number;
  readonly mono?: boolean;
  readonly dashes?: string;
  readonly glyph?: (node: SceneNode, design: Design) => Glyph;
  /** What is drawn beside the text. */
  readonly ornament?: (node: SceneNode, box: Box, color: string) => string;
}

const exchangeGlyphs = {
  direct: 'direct',
  topic: 'routed',
  fanout: 'fanout',
  headers: 'headers',
  'x-modulus-hash': 'hashed',
  'x-consistent-hash': 'hashed',
} as const satisfies Record<(typeof exchangeTypes)[number], Glyph>;

const isLog = ({ address }: SceneNode): boolean => address.startsWith('streams/');

/** The slots of a queue at its open end. */
const slots = (_node: SceneNode, { x, y, width, height }: Box, fill: string): string =>
  [0, 6, 12]
    .map((along, index) =>
      tag('rect', {
        x: x + width - 29.5 + along,
        y: y + 10.5,
        width: 3,
        height: height - 21,
        rx: 1,
        fill,
        'fill-opacity': index === 0 ? 0.85 : 0.32,
      }),
    )
    .join('');

const SEGMENTS = 8;
const GAP = 3;

/** The segments of a log; the last one, where records are appended, is filled. */
function segments({ x, width }: Box, y: number, height: number, fill: string): string {
  const each = (width - 23 - (SEGMENTS - 1) * GAP) / SEGMENTS;
  return Array.from({ length: SEGMENTS }, (_, index) =>
    tag('rect', {
      x: x + 11.5 + index * (each + GAP),
      y,
      width: each,
      height,
      rx: 1,
      fill,
      'fill-opacity': index === SEGMENTS - 1 ? 1 : 0.3,
    }),
  ).join('');
}

const fan = (_node: SceneNode, { x, y, width }: Box, stroke: string): string =>
  tag('path', {
    d: 'M0 16L16 4M0 16H16M0 16L16 28',
    transform: `translate(${x + width - 31.5} ${y + 13.5})`,
    fill: 'none',
    stroke,
    'stroke-width': 1.5,
    'stroke-opacity': 0.6,
    'stroke-linecap': 'round',
  });

/** A look for every shape; one without does not compile. Notes have no frame and are drawn by themselves. */
export const looks = {
  producer: { radii: [10, 28, 28, 10], left: 12, right: 18, glyph: () => 'producer' },
  consumer: { radii: [28, 10, 10, 28], left: 22, right: 12 },
  exchange: {
    radii: [28, 28, 28, 28],
    left: 16,
    right: 16,
    mono: true,
    glyph: ({ id }, design) => exchangeGlyphs[design.exchanges.get(id)?.type ?? 'topic'],
  },
  queue: { radii: [6, 16, 16, 6], left: 12, right: 38, mono: true, ornament: slots },
  topic: {
    radii: [28, 28, 28, 28],
    left: 16,
    right: 36,
    mono: true,
    glyph: () => 'topic',
    ornament: fan,
  },
  stream: {
    radii: [6, 6, 6, 6],
    left: 12,
    right: 12,
    bottom: 18,
    mono: true,
    glyph: () => 'stream',
    ornament: (_node, box, color) => segments(box, box.y + box.height - 17.5, 7, color),
  },
  deadLetter: {
    radii: [6, 14, 14, 6],
    left: 12,
    right: 38,
    mono: true,
    dashes: '5 3',
    ornament: (node, box, color) =>
      isLog(node) ? segments(box, box.y + box.height - 11.5, 5, color) : slots(node, box, color),
  },
  delay: {
    radii: [16, 16, 16, 16],
    left: 10,
    right: 10,
    mono: true,
    dashes: '1.5 2.5',
    glyph: () => 'delay',
  },
} as const satisfies Record<Exclude<DrawnShape, 'note'>, ShapeLook>;
