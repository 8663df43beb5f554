import type { Part, Parts } from '../kinds/attribute.ts';
import { designAttributes } from '../kinds/design/index.ts';
import { kinds, type Section } from '../kinds/registry.ts';
import type { Path } from '../text/nodes.ts';

/** The attribute that a path leads to, list items included; `undefined` where the schema names none. */
export function partAt([section, ...rest]: Path): Part | undefined {
  if (section === 'design') return partBelow(designAttributes, rest);
  return isSection(section) ? partBelow(kinds[section].attributes, rest.slice(1)) : undefined;
}

export const isSection = (step: string | number | undefined): step is Section =>
  typeof step === 'string' && Object.hasOwn(kinds, step);

function partBelow(parts: Parts, [name, ...rest]: Path): Part | undefined {
  const part = typeof name === 'string' && Object.hasOwn(parts, name) ? parts[name] : undefined;
  if (!part || rest.length === 0) return part;
  if (typeof rest[0] !== 'number') return part.parts && partBelow(part.parts, rest);
  return rest.length === 1 ? part : part.items && partBelow(part.items, rest.slice(1));
}
