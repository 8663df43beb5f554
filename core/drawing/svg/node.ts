import type { Design } from '../../design/design.ts';
import { type Box, boxAt } from '../geometry.ts';
import type { SceneNode } from '../scene.ts';
import { mix, type Palette } from './colors.ts';
import { glyphs } from './glyphs.ts';
import { escapeXml, tag } from './markup.ts';
import { roundedBox } from './outline.ts';
import { looks, type ShapeLook } from './shapes.ts';
import { faces, textLine } from './text.ts';

const BORDER = 1.5;

/**
 * An element: frame, ornament, glyph, name and second line.
 * @param plain Leaves out what cannot be read in a small picture: texts and glyphs.
 */
export function nodeSvg(
  node: SceneNode & { readonly shape: keyof typeof looks },
  at: readonly [number, number],
  design: Design,
  palette: Palette,
  plain: boolean,
): string {
  const look: ShapeLook = looks[node.shape];
  const box = boxAt(at, node.size);
  const own = node.brokerKind ? palette[node.brokerKind] : undefined;
  const color = node.shape === 'deadLetter' ? palette.err : own;
  // Small, the border is all that there is of an element.
  const stroke = color ?? (plain ? palette.edge : palette.lineStrong);
  return tag(
    'g',
    {},
    tag('title', {}, escapeXml(`${node.id}: ${node.facts}`)),
    tag('path', {
      d: roundedBox(inset(box, BORDER / 2), look.radii),
      fill: node.origin ? mix(palette.panel, 0.55, palette.bg) : palette.panel,
      stroke,
      'stroke-width': plain ? 4 : BORDER,
      'stroke-dasharray': look.dashes,
      'stroke-linecap': node.shape === 'delay' ? 'round' : undefined,
    }),
    look.ornament?.(node, box, color ?? palette.edge) ?? '',
    plain ? '' : texts(node, look, box, palette, color ?? palette.dim, design),
  );
}

const inset = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x + by,
  y: y + by,
  width: width - 2 * by,
  height: height - 2 * by,
});

function texts(
  node: SceneNode,
  look: ShapeLook,
  { x, y, width, height }: Box,
  palette: Palette,
  color: string,
  design: Design,
): string {
  const delay = node.shape === 'delay';
  const log = node.shape === 'deadLetter' && node.address.startsWith('streams/');
  const middle = y + (height - (look.bottom ?? (log ? 10 : 0))) / 2;
  const glyph = look.glyph?.(node, design);
  const size = delay ? 13 : 16;
  const left = x + BORDER + look.left;
  const text = left + (glyph ? size + (delay ? 5 : 8) : 0);
  const room = x + width - BORDER - (log ? 12 : look.right) - text;
  const face = look.mono ? faces.channel : faces.name;
  const fill = node.origin ? palette.dim : palette.text;
  const place = { x: text, width: room };
  return [
    glyph
      ? tag(
          'g',
          {
            transform: `translate(${left} ${middle - size / 2}) scale(${size / 24})`,
            fill: 'none',
            stroke: color,
            'stroke-width': 1.8,
            'stroke-linecap': 'round',
            'stroke-linejoin': 'round',
          },
          ...glyphs[glyph].map((d) => tag('path', { d })),
        )
      : '',
    textLine(node.name, face, { ...place, y: delay ? middle : middle - 8, fill }),
    delay ? '' : textLine(node.facts, faces.facts, { ...place, y: middle + 9, fill: palette.dim }),
  ].join('');
}
