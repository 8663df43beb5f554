import type { Editor, RefTarget } from '../kinds/attribute.ts';
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
    for (const [id, element] of design[section] as ReadonlyMap<string, Readonly<Record<string, unknown>>>) {
      const from = addressOf(section, id);
      for (const [field, attribute] of Object.entries(kinds[section].attributes)) {
        const value = element[field];
        const editor: Editor = attribute.editor;
        if (editor.type === 'refs' && Array.isArray(value)) {
          for (const [index, item] of value.entries())
            yield { from, field, path: [section, id, field, index], to: editor.to, id: String(item) };
        } else if (editor.type === 'ref') {
          const nested =
            typeof value === 'object' && value !== null && 'target' in value ? value.target : undefined;
          if (typeof value === 'string')
            yield { from, field, path: [section, id, field], to: editor.to, id: value };
          else if (typeof nested === 'string')
            yield {
              from,
              field: `${field}.target`,
              path: [section, id, field, 'target'],
              to: editor.to,
              id: nested,
            };
        }
      }
    }
  }
}
