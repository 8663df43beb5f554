import type { ElementAddress } from '../../core/design/design.ts';
import { type Box, boxAround, boxAt, contains, overlaps } from '../../core/drawing/geometry.ts';
import { LINE_AREA } from '../../core/drawing/routes.ts';
import type { Scene } from '../../core/drawing/scene.ts';
import type { Shown } from '../store/state/document.ts';
import { isCulled, viewOf } from './view.ts';

/** What is drawn of a scene. */
export type Part = Pick<Scene, 'nodes' | 'links'>;

/** Of no more nodes than this all are drawn, wherever the pane looks. */
const CULL_ABOVE = 150;

/** How far beyond the view is drawn at most, as a share of its sides. With more, painting what nobody sees costs more than it saves. */
const MARGIN = 0.15;

/** About as many elements come in when the view leaves what is drawn: more of them would hold up the step that it does. */
const AT_ONCE = 12;

/** Once what is drawn is wider than so many views, it holds much that nobody will see. */
const WIDEST = 3;

/**
 * The area whose elements are drawn: what the pane shows and something around it. It stays the same until the view
 * leaves it, so that most steps of the canvas change nothing in the page.
 */
export class DrawnArea {
  #area: Box | undefined;

  /**
   * `undefined` where all is drawn.
   * @param held Whether something may be dragged: what was drawn when that began stays.
   */
  around(shown: Shown | undefined, state: Parameters<typeof viewOf>[0], held: boolean): Box | undefined {
    if (!shown || shown.scene.nodes.length <= CULL_ABOVE || !isCulled(shown, state)) {
      this.#area = undefined;
      return undefined;
    }
    const view = viewOf(state);
    const last = this.#area;
    if (last && contains(last, view) && (held || last.width <= WIDEST * view.width)) return last;
    const next = grown(view, Math.min(MARGIN, AT_ONCE / countIn(shown, view)));
    this.#area = held && last ? boxAround([last, next]) : next;
    return this.#area;
  }
}

const grown = ({ x, y, width, height }: Box, share: number): Box => ({
  x: x - share * width,
  y: y - share * height,
  width: (1 + 2 * share) * width,
  height: (1 + 2 * share) * height,
});

function boxOf({ scene, positions }: Shown, address: ElementAddress): Box | undefined {
  const at = positions.get(address);
  const size = scene.byAddress.get(address)?.size;
  return at && size && boxAt(at, size);
}

function countIn(shown: Shown, view: Box): number {
  let count = 0;
  for (const { address } of shown.scene.nodes) {
    const box = boxOf(shown, address);
    if (box && overlaps(box, view)) count++;
  }
  return count;
}

/**
 * The elements in an area and the lines that may cross it, wherever they begin and end. What is selected is in it too,
 * since all of it is dragged together.
 */
export function partIn(shown: Shown, area: Box | undefined, selected: ReadonlySet<ElementAddress>): Part {
  const { nodes, links } = shown.scene;
  if (!area) return { nodes, links };
  const boxes = linkBoxes(shown);
  return {
    nodes: nodes.filter(({ address }) => {
      const box = selected.has(address) ? area : boxOf(shown, address);
      return box && overlaps(box, area);
    }),
    links: links.filter(({ from, to }, index) => {
      const box = selected.has(from) || selected.has(to) ? area : boxes[index];
      return box && overlaps(box, area, LINE_AREA);
    }),
  };
}

const boxesOfLinks = new WeakMap<Shown, readonly (Box | undefined)[]>();

/** The boxes around the ends of all lines, worked out once for the places that the elements have. */
function linkBoxes(shown: Shown): readonly (Box | undefined)[] {
  const known = boxesOfLinks.get(shown);
  if (known) return known;
  const boxes = shown.scene.links.map(({ from, to }) => {
    const ends = [boxOf(shown, from), boxOf(shown, to)].filter((box) => box !== undefined);
    return ends.length === 2 ? boxAround(ends) : undefined;
  });
  boxesOfLinks.set(shown, boxes);
  return boxes;
}
