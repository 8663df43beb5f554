import type { Design, ElementAddress, Point } from '../design/design.ts';
import { sections } from '../kinds/registry.ts';
import type { DocumentValue } from './schema.ts';

/** The model of a validated file. Maps keep the order of the file and cannot be confused by keys such as `constructor`. */
export function toDesign(value: DocumentValue): Design {
  const maps = Object.fromEntries(
    sections.map((section) => [
      section,
      new Map(Object.entries((value[section] ?? {}) as Record<string, unknown>)),
    ]),
  );
  return {
    format: value.brokerloom,
    design: value.design,
    layout: new Map(Object.entries(value.layout ?? {})) as ReadonlyMap<ElementAddress, Point>,
    ...maps,
    // The schema has checked every element; only the link between section name and element type is lost on the way.
  } as unknown as Design;
}
