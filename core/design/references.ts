import type { Editor, Parts, RefTarget } from '../kinds/attribute.ts';
import { kinds, sections } from '../kinds/registry.ts';
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
export function* references(design: Design): Generator<Reference> {
  for (const section of sections) {
    for (const [id, element] of design[section] as ReadonlyMap<string, Values>) {
      const from = addressOf(section, id);
      for (const { field, path, to, target } of within(kinds[section].attributes, element)) {
        yield { from, field: field.join('.'), path: [section, id, ...path], to, id: target };
      }
    }
  }
}

type Values = Readonly<Record<string, unknown>>;

interface Found {
  readonly field: readonly string[];
  readonly path: readonly (string | number)[];
  readonly to: RefTarget;
  readonly target: string;
}

/** References in an object and in the objects that it holds. */
function* within(parts: Parts, values: Values): Generator<Found> {
  // By the keys that are there: an element has a few of the many attributes of its kind.
  for (const [name, value] of Object.entries(values)) {
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
    if (!part) continue;
    const { external, parts: inner } = part;
    const editor: Editor = part.editor;
    if (editor.type === 'refs' && Array.isArray(value)) {
      for (const [index, item] of value.entries())
        yield { field: [name], path: [name, index], to: editor.to, target: String(item) };
    } else if (editor.type === 'ref' && typeof value === 'string') {
      if (!external?.test(value)) yield { field: [name], path: [name], to: editor.to, target: value };
    } else if (inner && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const { field, path, ...found } of within(inner, value as Values))
        yield { field: [name, ...field], path: [name, ...path], ...found };
    } else if (part.items && Array.isArray(value)) {
      for (const [index, item] of value.entries())
        for (const { field: _, path, ...found } of within(part.items, (item ?? {}) as Values))
          yield { field: [name], path: [name, index, ...path], ...found };
    }
  }
}
