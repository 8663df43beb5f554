import type { Problem } from '../result.ts';
import type { TextEdit } from './patch.ts';
import { LineIndex } from './position.ts';

/** Conflict markers of an unfinished merge that are confined to the layout, and how they were resolved. */
export interface LayoutConflict {
  /** Lines of the first marker and of the last. */
  readonly lines: readonly [first: number, last: number];
  /** What takes the markers and the lines of the other side out of the text. */
  readonly resolution: readonly TextEdit[];
  /** The text to read: markers and the other side as comments of the same length, so that every position holds. */
  readonly masked: string;
}

/** A stretch between two markers, as line indexes: `[open, middle, close]`; lines from `base` belong to neither side. */
interface Hunk {
  readonly open: number;
  readonly base: number;
  readonly middle: number;
  readonly close: number;
}

const MARKER = /^(?:<{7}(?: |$)|\|{7}(?: |$)|={7}$|>{7}(?: |$))/;

/**
 * Looks for conflict markers of git. Positions on the canvas mean nothing to anything that is generated, so conflicts
 * among them are resolved as ours; all others are for the author.
 */
export function conflictIn(text: string): LayoutConflict | Problem | undefined {
  if (!/^<{7}|^={7}\r?$|^>{7}/m.test(text)) return undefined;
  const lines = text.split('\n');
  const bare = lines.map((line) => line.replace(/\r$/, ''));
  const markers = bare.flatMap((line, index) => (MARKER.test(line) ? [index] : []));
  const [first = -1] = markers;
  if (first < 0) return undefined;
  const hunks = hunksOf(bare, markers);
  const outside = hunks?.find((hunk) => !isInLayout(bare, hunk));
  if (!hunks || outside) return problem(text, outside, first);

  const index = new LineIndex(text);
  const gone = hunks.flatMap(({ open, base, close }) => [open, ...range(base, close)]);
  const resolution = gone.map((line): TextEdit => {
    const whole = (lines[line] ?? '') + (line < lines.length - 1 ? '\n' : '');
    return { offset: index.start(line), removed: whole, inserted: '' };
  });
  const masked = [...lines];
  for (const line of gone) masked[line] = (lines[line] ?? '').replace(/^[^\r].*?(?=\r?$)/, mask);
  return {
    lines: [first + 1, (hunks.at(-1)?.close ?? first) + 1],
    resolution,
    masked: masked.join('\n'),
  };
}

const mask = (line: string): string => `#${' '.repeat(line.length - 1)}`;
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** @returns `undefined` when the markers do not follow each other as git writes them. */
function hunksOf(lines: readonly string[], markers: readonly number[]): Hunk[] | undefined {
  const hunks: Hunk[] = [];
  const queue = [...markers];
  const next = (sign: string): number | undefined =>
    lines[queue[0] ?? -1]?.startsWith(sign) ? queue.shift() : undefined;
  while (queue.length > 0) {
    const open = next('<');
    const base = next('|');
    const middle = next('=');
    const close = next('>');
    if (open === undefined || middle === undefined || close === undefined) return undefined;
    hunks.push({ open, base: base ?? middle, middle, close });
  }
  return hunks;
}

/** Whether the key above a hunk is `layout`, and both sides hold entries only. */
function isInLayout(lines: readonly string[], { open, close }: Hunk): boolean {
  const isKey = (line: string): boolean => /^[^\s#]/.test(line) && !MARKER.test(line);
  const above = lines.slice(0, open).findLast(isKey);
  return above !== undefined && /^layout:\s*(?:#.*)?$/.test(above) && !lines.slice(open, close).some(isKey);
}

function problem(text: string, hunk: Hunk | undefined, first: number): Problem {
  const at = new LineIndex(text);
  const side = (from: number, to: number): string =>
    to < from ? 'nothing' : from === to ? `line ${from}` : `lines ${from} to ${to}`;
  const sides = hunk
    ? ` Ours: ${side(hunk.open + 2, hunk.base)}; theirs: ${side(hunk.middle + 2, hunk.close)}.`
    : '';
  return {
    code: 'LOOM_CONFLICT_MARKERS',
    message: `The file holds the conflict markers of an unfinished git merge.${sides}`,
    hint: 'Finish the merge: keep the lines that are right and delete the markers.',
    at: at.position(at.start(hunk?.open ?? first)),
  };
}
