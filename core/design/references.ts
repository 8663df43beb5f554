import type { Part, Parts, RefTarget } from '../kinds/attribute.ts';
import { kinds, type Section, sections } from '../kinds/registry.ts';
import { addressOf, type Design, type ElementAddress } from './design.ts';

/** One reference from an attribute to an element. */
export interface Reference {
  readonly from: ElementAddress;
  readonly field: string;
  /** Path of the value in the file, list index included. */
  readonly path: readonly (string | number)[];
  readonly to: RefTarget;
  readonly id: string;
}

/** Every reference in the design, in the order of the file. Checking and renaming both go by this list. */
export function references(design: Design): readonly Reference[] {
  const found: Reference[] = [];
  eachReference(design, (to, id, field, at, name, index) => {
    const [section, from] = at;
    const path = index === undefined ? [...at, name] : [...at, name, index];
    found.push({ from: addressOf(section, from), field, path, to, id });
  });
  return found;
}

/** Path of the object that holds a reference: section and id of its element, and the way from there. */
type Holder = readonly [Section, string, ...(readonly (string | number)[])];

/** Takes what a reference names, its field, and its path: that of the object, the key there, the place in a list. */
type Visit = (to: RefTarget, id: string, field: string, at: Holder, name: string, index?: number) => void;

/** Shows every reference in the design, without a list of them: a design has several for each element. */
export function eachReference(design: Design, visit: Visit): void {
  for (const section of sections) {
    const parts = referring(kinds[section].attributes);
    if (parts.size > 0)
      for (const [id, element] of design[section] as ReadonlyMap<string, Values>)
        visitIn(parts, element, '', [section, id], visit);
  }
}

type Values = Readonly<Record<string, unknown>>;

const known = new WeakMap<Parts, ReadonlyMap<string, Part>>();

/** The parts that are references, or hold some. */
function referring(parts: Parts): ReadonlyMap<string, Part> {
  let found = known.get(parts);
  if (!found) {
    found = new Map(Object.entries(parts).filter(([, part]) => refers(part)));
    known.set(parts, found);
  }
  return found;
}

const refers = ({ editor, parts = {}, items = {} }: Part): boolean =>
  editor.type === 'ref' || editor.type === 'refs' || referring(parts).size > 0 || referring(items).size > 0;

/** Shows the references in an object, and in the objects that it holds; in a list of objects by the field of the list. */
function visitIn(
  parts: ReadonlyMap<string, Part>,
  values: Values,
  above: string,
  at: Holder,
  visit: Visit,
  fieldOfList?: string,
): void {
  for (const name of Object.keys(values)) {
    const part = parts.get(name);
    if (!part) continue;
    const value = values[name];
    const { editor } = part;
    const field = fieldOfList ?? (above === '' ? name : `${above}.${name}`);
    if (editor.type === 'refs' && Array.isArray(value)) {
      for (let index = 0; index < value.length; index++)
        visit(editor.to, String(value[index]), field, at, name, index);
    } else if (editor.type === 'ref' && typeof value === 'string') {
      if (!part.external?.test(value)) visit(editor.to, value, field, at, name);
    } else if (part.parts && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      visitIn(referring(part.parts), value as Values, field, [...at, name], visit, fieldOfList);
    } else if (part.items && Array.isArray(value)) {
      for (const [index, item] of value.entries())
        visitIn(referring(part.items), (item ?? {}) as Values, '', [...at, name, index], visit, field);
    }
  }
}
