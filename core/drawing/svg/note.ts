import { boxAt } from '../geometry.ts';
import { linesOf, type NoteLine, type Run } from '../note/lines.ts';
import { blocksOf } from '../note/markdown.ts';
import type { SceneNode } from '../scene.ts';
import { mix, type Palette } from './colors.ts';
import { escapeXml, tag } from './markup.ts';
import { MONO } from './text.ts';

const PADDING = { x: 10, y: 8 };
const LEADING = 1.5;

/** A note: paper with as many lines of its text as it has room for. */
export function noteSvg(
  node: SceneNode,
  at: readonly [number, number],
  palette: Palette,
  plain: boolean,
): string {
  const { x, y, width, height } = boxAt(at, node.size);
  const paper = tag('rect', {
    x: x + 0.5,
    y: y + 0.5,
    width: width - 1,
    height: height - 1,
    rx: 4,
    fill: mix(palette.warn, 0.07, palette.panel),
    stroke: palette.line,
  });
  if (plain) return paper;
  const written: string[] = [];
  let top = y + PADDING.y;
  for (const line of linesOf(blocksOf(node.facts), width - 2 * PADDING.x)) {
    const high = line.size * LEADING;
    top += line.above;
    if (top + high > y + height - PADDING.y + 2) break;
    written.push(lineSvg(line, x + PADDING.x + line.indent, top + high * 0.5 + line.size * 0.36, palette));
    top += high;
  }
  return tag('g', {}, paper, ...written);
}

const lineSvg = ({ runs, size }: NoteLine, x: number, y: number, palette: Palette): string =>
  tag(
    'text',
    { x, y, fill: palette.dim, 'font-size': size, 'xml:space': 'preserve' },
    ...runs.map((run) => runSvg(run, palette)),
  );

const runSvg = ({ text, strong, emphasis, code, link }: Run, palette: Palette): string =>
  strong || emphasis || code || link
    ? tag(
        'tspan',
        {
          'font-weight': strong && 600,
          'font-style': emphasis && 'italic',
          'font-family': code && MONO,
          fill: link ? palette.accent : strong ? palette.text : undefined,
        } as Record<string, string | number | undefined>,
        escapeXml(text),
      )
    : escapeXml(text);
