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
      const found: Found[] = [];
      collect(kinds[section].attributes, element, '', [section, id], found);
      for (const { field, path, to, target } of found) yield { from, field, path, to, id: target };
    }
  }
}

type Values = Readonly<Record<string, unknown>>;

interface Found {
  readonly field: string;
  readonly path: readonly (string | number)[];
  readonly to: RefTarget;
  readonly target: string;
}

/** Adds the references in an object, and in the objects that it holds, to `found`. */
function collect(parts: Parts, values: Values, above: string, at: Reference['path'], found: Found[]): void {
  // By the keys that are there: an element has a few of the many attributes of its kind.
  for (const name of Object.keys(values)) {
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined;
    if (!part) continue;
    const value = values[name];
    const editor: Editor = part.editor;
    const field = above === '' ? name : `${above}.${name}`;
    if (editor.type === 'refs' && Array.isArray(value)) {
      for (const [index, item] of value.entries())
        found.push({ field, path: [...at, name, index], to: editor.to, target: String(item) });
    } else if (editor.type === 'ref' && typeof value === 'string') {
      if (!part.external?.test(value))
        found.push({ field, path: [...at, name], to: editor.to, target: value });
    } else if (part.parts && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      collect(part.parts, value as Values, field, [...at, name], found);
    } else if (part.items && Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        const inner: Found[] = [];
        collect(part.items, (item ?? {}) as Values, '', [...at, name, index], inner);
        for (const one of inner) found.push({ ...one, field });
      }
    }
  }
}
