import { brokerLabels } from '../../kinds/brokers.ts';
import type { Drawing } from '../drawing.ts';
import type { BrokerGroup } from '../groups.ts';
import { mix, type Palette, palettes, type Theme } from './colors.ts';
import { labelSvg, lineSvg } from './link.ts';
import { tag } from './markup.ts';
import { nodeSvg } from './node.ts';
import { noteSvg } from './note.ts';
import { faces, SANS, textLine } from './text.ts';

export interface SvgOptions {
  readonly theme: Theme;
  /** Leaves out what cannot be read in a small picture: texts, glyphs and labels. */
  readonly plain?: boolean;
  /** `@font-face` rules, so that the texts look the same where the fonts are missing. */
  readonly fontFaces?: string;
}

/** Around the drawing, in px. */
const MARGIN = 32;

/** The whole of a drawing as an SVG document, whatever part of it a canvas shows. It holds no script, link or style but fonts. */
export function svgOf(drawing: Drawing, { theme, plain = false, fontFaces }: SvgOptions): string {
  const palette = palettes[theme];
  const { box, groups, scene, positions, routes, design } = drawing;
  const [x, y] = [Math.floor(box.x - MARGIN), Math.floor(box.y - MARGIN)];
  const [width, height] = [Math.ceil(box.width + 2 * MARGIN), Math.ceil(box.height + 2 * MARGIN)];
  const links = scene.links.flatMap((link) => {
    const route = routes.get(link.id);
    return route ? [{ link, route }] : [];
  });
  const name = String(design.design.name ?? 'design');
  return `${tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `${x} ${y} ${width} ${height}`,
      'font-family': SANS,
      role: 'img',
      'aria-label': `Drawing of ${name}`,
    },
    fontFaces ? tag('style', {}, fontFaces) : '',
    plain ? '' : tag('rect', { x, y, width, height, fill: palette.bg }),
    ...groups.map((group) => groupSvg(group, palette, plain)),
    ...links.map(({ link, route }) => lineSvg(link, route, palette, plain)),
    ...scene.nodes.map((node) => {
      const at = positions.get(node.address);
      if (!at) return '';
      const { shape } = node;
      return shape === 'note'
        ? noteSvg(node, at, palette, plain)
        : nodeSvg({ ...node, shape }, at, design, palette, plain);
    }),
    ...(plain ? [] : links.map(({ link, route }) => labelSvg(link, route, palette))),
  )}\n`;
}

function groupSvg({ id, kind, box }: BrokerGroup, palette: Palette, plain: boolean): string {
  const color = palette[kind];
  return (
    tag('rect', {
      x: box.x + 0.5,
      y: box.y + 0.5,
      width: box.width - 1,
      height: box.height - 1,
      rx: 14,
      fill: mix(color, 0.05, palette.bg),
      stroke: mix(color, 0.4, palette.bg),
      'stroke-width': plain ? 2 : 1,
    }) +
    (plain
      ? ''
      : textLine(`${id} · ${brokerLabels[kind]}`, faces.group, {
          x: box.x + 13,
          y: box.y + 18,
          width: box.width - 24,
          fill: mix(color, 0.72, palette.text),
        }))
  );
}
