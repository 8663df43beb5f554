import type { Design, ElementAddress, Place } from '../design/design.ts';
import { type Section, sections } from '../kinds/registry.ts';
import type { DocumentValue } from './schema.ts';

type Entries = ReadonlyMap<string, unknown>;

/**
 * The model of a validated file. Maps keep the order of the file and cannot be confused by keys such as `constructor`.
 * @param checked Sections that are maps already.
 */
export function toDesign(value: DocumentValue, checked: ReadonlyMap<string, Entries> = new Map()): Design {
  const entriesOf = (section: Section | 'layout'): Entries =>
    checked.get(section) ?? new Map(Object.entries((value[section] ?? {}) as Record<string, unknown>));
  const maps = Object.fromEntries(sections.map((section) => [section, entriesOf(section)]));
  return {
    format: value.brokerloom,
    design: value.design,
    layout: entriesOf('layout') as ReadonlyMap<ElementAddress, Place>,
    ...maps,
    // The schema has checked every element; only the link between section name and element type is lost on the way.
  } as unknown as Design;
}
