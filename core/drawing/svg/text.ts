import { escapeXml, tag } from './markup.ts';

/** Fonts as in the app, with what most machines have behind them. */
export const SANS = "'Inter Variable', Inter, system-ui, -apple-system, 'Segoe UI', sans-serif";
export const MONO = "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, 'SF Mono', Menlo, monospace";

export interface Face {
  /** In px. */
  readonly size: number;
  readonly weight?: number;
  readonly mono?: boolean;
}

export const faces = {
  name: { size: 13, weight: 600 },
  channel: { size: 12.5, weight: 600, mono: true },
  facts: { size: 11.5 },
  label: { size: 11, mono: true },
  group: { size: 11.5, weight: 600 },
} as const satisfies Record<string, Face>;

/** Widths in Inter for a type of 1 px, a little on the wide side; what is not named here is as wide as most letters. */
const narrow = /[ijlI.,:;'|! ]/;
const slim = /[ftr()[\]/·-]/;
const wide = /[mwMW@%—]/;
const MONO_WIDTH = 0.6;

/** How long a text is, in px. Estimated, so that it is the same on every machine. */
export function widthOf(text: string, { size, weight = 400, mono = false }: Face): number {
  if (mono) return text.length * size * MONO_WIDTH;
  let width = 0;
  for (const character of text)
    width += narrow.test(character) ? 0.29 : slim.test(character) ? 0.4 : wide.test(character) ? 0.9 : 0.6;
  return width * size * (weight > 500 ? 1.04 : 1);
}

/** A text that ends in an ellipsis where it would leave its room. */
export function fitted(text: string, width: number, face: Face): string {
  if (widthOf(text, face) <= width) return text;
  let end = text.length;
  while (end > 1 && widthOf(`${text.slice(0, end)}…`, face) > width) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

interface Line {
  readonly x: number;
  /** Middle of the line, in px. */
  readonly y: number;
  readonly width: number;
  readonly fill: string;
  readonly anchor?: 'middle';
}

/** One line of text. Its base line is worked out here, since not every program knows `dominant-baseline`. */
export const textLine = (text: string, face: Face, { x, y, width, fill, anchor }: Line): string =>
  tag(
    'text',
    {
      x,
      y: y + face.size * 0.36,
      fill,
      'font-family': face.mono ? MONO : undefined,
      'font-size': face.size,
      'font-weight': face.weight,
      'text-anchor': anchor,
    },
    escapeXml(fitted(text, width, face)),
  );
