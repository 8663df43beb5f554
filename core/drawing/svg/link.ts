import type { Route } from '../curves.ts';
import type { SceneLink } from '../links.ts';
import { mix, type Palette } from './colors.ts';
import { tag } from './markup.ts';
import { faces, textLine } from './text.ts';

const dashes: Readonly<Partial<Record<SceneLink['kind'], string>>> = {
  deadLetter: '5 4',
  retry: '1.5 4',
  alternate: '1.5 4',
};

/** A connection with its arrow; colour and dashes say what kind it is. */
export function lineSvg(
  { kind, brokerKind }: SceneLink,
  route: Route,
  palette: Palette,
  plain: boolean,
): string {
  const stroke =
    kind === 'deadLetter'
      ? palette.err
      : kind === 'binding' && brokerKind
        ? palette[brokerKind]
        : kind === 'alternate'
          ? mix(palette.edge, 0.75, palette.bg)
          : palette.edge;
  return tag(
    'g',
    {
      fill: 'none',
      stroke,
      'stroke-width': plain ? 4 : 1.6,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    },
    tag('path', { d: route.path, 'stroke-dasharray': dashes[kind] }),
    tag('path', { d: route.arrow }),
  );
}

/** The label of a connection, which stands above all lines. */
export function labelSvg({ label }: SceneLink, { label: box }: Route, palette: Palette): string {
  if (label === undefined || !box) return '';
  return (
    tag('rect', {
      x: box.x + 0.5,
      y: box.y + 0.5,
      width: box.width - 1,
      height: box.height - 1,
      rx: 4,
      fill: palette.bg,
      stroke: palette.line,
    }) +
    textLine(label, faces.label, {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      width: box.width - 6,
      fill: palette.dim,
      anchor: 'middle',
    })
  );
}
