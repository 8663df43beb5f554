import type { TextEdit } from './patch.ts';

/** Applies edits to a text. Edits are in ascending order and do not overlap; offsets are those of `text`. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { offset, removed, inserted } of edits) {
    result += text.slice(at, offset) + inserted;
    at = offset + removed.length;
  }
  return result + text.slice(at);
}

/** The edits that take the changed text back: do, then undo, restores every byte. */
export function invertEdits(edits: readonly TextEdit[]): TextEdit[] {
  let shift = 0;
  return edits.map(({ offset, removed, inserted }) => {
    const inverse = { offset: offset + shift, removed: inserted, inserted: removed };
    shift += inserted.length - removed.length;
    return inverse;
  });
}

type Piece = { readonly start: number; readonly end: number } | string;

/** One list of edits on `text` that does what `first` and then `second` do. `second` has offsets of the text between. */
export function composeEdits(
  text: string,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): TextEdit[] {
  const pieces = replacePieces(replacePieces([{ start: 0, end: text.length }], first), second);
  const edits: TextEdit[] = [];
  let at = 0;
  let inserted = '';
  const close = (start: number): void => {
    if (inserted !== '' || start > at) edits.push({ offset: at, removed: text.slice(at, start), inserted });
    inserted = '';
  };
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      inserted += piece;
      continue;
    }
    close(piece.start);
    at = piece.end;
  }
  close(text.length);
  return edits;
}

function replacePieces(pieces: readonly Piece[], edits: readonly TextEdit[]): Piece[] {
  const result: Piece[] = [];
  const queue = [...pieces].reverse();
  let position = 0;
  /** Takes `length` units off the front and hands each taken piece on. */
  const take = (length: number, hand: (piece: Piece) => void): void => {
    let left = length;
    while (left > 0) {
      const piece = queue.pop();
      if (piece === undefined) return;
      const size = lengthOf(piece);
      const [head, tail] = size > left ? split(piece, left) : [piece, undefined];
      if (tail !== undefined) queue.push(tail);
      hand(head);
      left -= Math.min(size, left);
    }
  };
  for (const { offset, removed, inserted } of edits) {
    take(offset - position, (piece) => result.push(piece));
    take(removed.length, () => undefined);
    if (inserted !== '') result.push(inserted);
    position = offset + removed.length;
  }
  return [...result, ...queue.reverse()];
}

const lengthOf = (piece: Piece): number =>
  typeof piece === 'string' ? piece.length : piece.end - piece.start;

const split = (piece: Piece, at: number): [Piece, Piece] =>
  typeof piece === 'string'
    ? [piece.slice(0, at), piece.slice(at)]
    : [
        { start: piece.start, end: piece.start + at },
        { start: piece.start + at, end: piece.end },
      ];

/** The edit that makes one text of another: what lies between their common beginning and their common end. */
export function editBetween(before: string, after: string): readonly TextEdit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [
    {
      offset: start,
      removed: before.slice(start, before.length - end),
      inserted: after.slice(start, after.length - end),
    },
  ];
}
