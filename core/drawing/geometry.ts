import type { Place } from '../design/design.ts';

/** A rectangle in canvas px. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Spacing that everything on the canvas keeps to, in px. */
export const GRID = 8;

export const snap = (value: number, grid = GRID): number => Math.round(value / grid) * grid;

export const boxAt = ([x, y]: Place, { width, height }: Size): Box => ({ x, y, width, height });

/** Whether two boxes come closer than `gap` px. */
export const overlaps = (a: Box, b: Box, gap = 0): boolean =>
  a.x < b.x + b.width + gap &&
  b.x < a.x + a.width + gap &&
  a.y < b.y + b.height + gap &&
  b.y < a.y + a.height + gap;

/** Whether a box lies within another. */
export const contains = (outer: Box, inner: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** The smallest box around others; `undefined` when there are none. */
export function boxAround(boxes: readonly Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

/** Boxes by the cells they touch, so that neighbours are found without looking at all of them. */
export class BoxIndex {
  static readonly #CELL = 256;
  readonly #cells = new Map<string, Box[]>();

  add(box: Box): void {
    for (const cell of this.#touched(box, 0)) {
      const list = this.#cells.get(cell);
      if (list) list.push(box);
      else this.#cells.set(cell, [box]);
    }
  }

  /** A box that comes closer than `gap` px to this one. */
  hit(box: Box, gap = 0): Box | undefined {
    for (const cell of this.#touched(box, gap)) {
      const found = this.#cells.get(cell)?.find((other) => overlaps(box, other, gap));
      if (found) return found;
    }
    return undefined;
  }

  *#touched({ x, y, width, height }: Box, gap: number): Generator<string> {
    const cell = BoxIndex.#CELL;
    for (let i = Math.floor((x - gap) / cell); i <= Math.floor((x + width + gap) / cell); i++) {
      for (let j = Math.floor((y - gap) / cell); j <= Math.floor((y + height + gap) / cell); j++)
        yield `${i}:${j}`;
    }
  }
}
