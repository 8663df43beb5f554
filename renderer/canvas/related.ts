import { addressOf, type Design, type ElementAddress, parseAddress } from '../../core/design/design.ts';
import { references } from '../../core/design/references.ts';
import { drawnSections } from '../../core/drawing/scene.ts';

/** Elements on the canvas that name a selected one which has no shape of its own: a service, message or policy. */
export function relatedTo(
  design: Design,
  selected: ReadonlySet<ElementAddress>,
): ReadonlySet<ElementAddress> {
  const hidden = new Set([...selected].filter((address) => !isDrawn(address)));
  if (hidden.size === 0) return NONE;
  const related = new Set<ElementAddress>();
  for (const { from, to, id } of references(design)) {
    if (to !== 'channels' && hidden.has(addressOf(to, id)) && isDrawn(from)) related.add(from);
  }
  return related;
}

const NONE: ReadonlySet<ElementAddress> = new Set();

const isDrawn = (address: ElementAddress): boolean => {
  const section = parseAddress(address)?.section;
  return section !== undefined && drawnSections.has(section);
};
