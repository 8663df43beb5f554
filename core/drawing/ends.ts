import type { ElementAddress } from '../design/design.ts';
import type { Side, XY } from './curves.ts';
import type { Box } from './geometry.ts';

export const center = (box: Box): XY => [box.x + box.width / 2, box.y + box.height / 2];

/** Ends of lines by node and side. All are added before the first is asked for. */
export class Ends {
  readonly #sides = new Map<string, { id: string; towards: XY }[]>();
  readonly #ranks = new Map<string, ReadonlyMap<string, number>>();

  add(node: ElementAddress, side: Side, id: string, towards: XY): void {
    const key = `${node} ${side}`;
    const list = this.#sides.get(key);
    if (list) list.push({ id, towards });
    else this.#sides.set(key, [{ id, towards }]);
  }

  /** Where a line touches the node; lines on one side are spread, at most 16 px apart. */
  point(node: ElementAddress, side: Side, id: string, box: Box): XY {
    const along = side === 'left' || side === 'right' ? 1 : 0;
    const ranks = this.#ranksOf(`${node} ${side}`, along);
    const length = (along === 1 ? box.height : box.width) - 24;
    const gap = Math.min(16, length / Math.max(1, ranks.size - 1));
    const offset = ((ranks.get(id) ?? 0) - (ranks.size - 1) / 2) * gap;
    const [x, y] = center(box);
    if (side === 'left') return [box.x, y + offset];
    if (side === 'right') return [box.x + box.width, y + offset];
    return side === 'top' ? [x + offset, box.y] : [x + offset, box.y + box.height];
  }

  #ranksOf(key: string, along: 0 | 1): ReadonlyMap<string, number> {
    const known = this.#ranks.get(key);
    if (known) return known;
    const order = [...(this.#sides.get(key) ?? [])].sort(
      (a, b) => a.towards[along] - b.towards[along] || (a.id < b.id ? -1 : 1),
    );
    const ranks = new Map(order.map(({ id }, rank) => [id, rank]));
    this.#ranks.set(key, ranks);
    return ranks;
  }
}
