import type { Place } from '../design/design.ts';
import { GRID, type Size } from './geometry.ts';
import type { DrawnShape } from './shapes.ts';
import { faces, widthOf } from './svg/text.ts';

/** Widths of one character in px: JetBrains Mono 12.5 px, Inter 13 px semibold and 11.5 px, on the wide side. */
const MONO = 7.7;
const NAME = 7.7;
const FACT = 6.05;

interface Measure {
  readonly height: number;
  readonly min: number;
  readonly max: number;
  /** Left and right padding with glyph and ornaments. */
  readonly padding: number;
  readonly char: number;
}

const measures = {
  producer: { height: 56, min: 128, max: 240, padding: 50, char: NAME },
  consumer: { height: 56, min: 128, max: 216, padding: 40, char: NAME },
  exchange: { height: 56, min: 128, max: 208, padding: 62, char: MONO },
  queue: { height: 56, min: 136, max: 240, padding: 58, char: MONO },
  deadLetter: { height: 48, min: 136, max: 240, padding: 58, char: MONO },
  topic: { height: 56, min: 128, max: 216, padding: 56, char: MONO },
  stream: { height: 72, min: 160, max: 240, padding: 46, char: MONO },
  delay: { height: 32, min: 64, max: 112, padding: 36, char: MONO },
  note: { height: 88, min: 208, max: 208, padding: 24, char: FACT },
} as const satisfies Record<DrawnShape, Measure>;

/** Least size of a note: a word on one line. */
export const SMALLEST_NOTE: Size = { width: 10 * GRID, height: 4 * GRID };

/** The size that a place gives a note, else the usual one. */
export const noteSize = (place: Place | undefined): Size =>
  place?.length === 4
    ? {
        width: Math.max(SMALLEST_NOTE.width, place[2]),
        height: Math.max(SMALLEST_NOTE.height, place[3]),
      }
    : { width: measures.note.min, height: measures.note.height };

/** Largest type of a name when the second line is gone, in px. */
const LARGE = 19;

/** Glyphs give their room, in px, to the name once the canvas is zoomed out. */
const GLYPH = 24;
const withGlyph: ReadonlySet<DrawnShape> = new Set(['producer', 'exchange', 'topic', 'stream']);

/** Type size at which a name fills the room it has, once the canvas is zoomed out and the second line is hidden; px. */
export function farNameSize(shape: DrawnShape, name: string, width: number): number {
  const face = shape === 'producer' || shape === 'consumer' ? faces.name : faces.channel;
  const room = width - measures[shape].padding + (withGlyph.has(shape) ? GLYPH : 0) - 4;
  const fitting = (room / widthOf(name, face)) * face.size;
  return Math.floor(Math.min(LARGE, Math.max(face.size, fitting)));
}

/**
 * Size of a shape from its texts. Estimated, not measured, so that layout and labels are the same on every machine and
 * known before anything is drawn; a text that is longer ends in an ellipsis.
 */
export function sizeOf(shape: DrawnShape, name: string, facts: string): Size {
  const { height, min, max, padding, char } = measures[shape];
  const text =
    shape === 'note' ? 0 : Math.max(name.length * char, shape === 'delay' ? 0 : facts.length * FACT);
  const width = Math.ceil((text + padding) / (2 * GRID)) * 2 * GRID;
  return { width: Math.min(max, Math.max(min, width)), height };
}
