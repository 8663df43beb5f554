import type { TextEdit } from './patch.ts';
import type { Path } from './source.ts';

interface Entry {
  readonly edit: TextEdit;
  readonly path: Path;
}

/** Edits against one text that do not disturb each other, kept in ascending order. */
export class Batch {
  readonly #entries: Entry[] = [];

  get size(): number {
    return this.#entries.length;
  }

  /**
   * Whether an edit touches what another one changes: overlapping ranges, or insertions at one place that belong to
   * different parents, whose order would decide under which of them they end up.
   */
  conflicts(edit: TextEdit, path: Path): boolean {
    const index = this.#indexFor(edit.offset);
    const start = edit.offset;
    const end = start + edit.removed.length;
    for (let i = Math.max(0, index - 1); i < this.#entries.length; i++) {
      const other = this.#entries[i];
      if (!other || other.edit.offset > end) return false;
      const otherEnd = other.edit.offset + other.edit.removed.length;
      if (start < otherEnd && other.edit.offset < end) return true;
      const inside =
        edit.removed === ''
          ? other.edit.offset < start && start < otherEnd
          : start < other.edit.offset && other.edit.offset < end;
      if (inside) return true;
      if (other.edit.offset === start && !sameParent(other.path, path)) return true;
    }
    return false;
  }

  add(edit: TextEdit, path: Path): void {
    this.#entries.splice(this.#indexFor(edit.offset + 0.5), 0, { edit, path });
  }

  /** The edits as one list; insertions at one place follow each other in the order they came. */
  edits(): TextEdit[] {
    const result: TextEdit[] = [];
    for (const { edit } of this.#entries) {
      const last = result.at(-1);
      if (last?.offset === edit.offset) {
        result[result.length - 1] = {
          offset: edit.offset,
          removed: last.removed + edit.removed,
          inserted: last.inserted + edit.inserted,
        };
      } else result.push(edit);
    }
    return result;
  }

  /** Index of the first entry at or behind an offset. */
  #indexFor(offset: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.edit.offset ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const sameParent = (a: Path, b: Path): boolean =>
  a.length === b.length && a.slice(0, -1).every((step, i) => step === b[i]);
