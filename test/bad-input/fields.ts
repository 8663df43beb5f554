import { designAttributes } from '../../core/kinds/design/index.ts';
import { kinds, type Section, sections } from '../../core/kinds/registry.ts';
import type { z } from '../../core/zod.ts';

/** One place of the model that holds a text: an attribute, a part of it, or a key. */
export interface Field {
  readonly section: Section | 'design';
  readonly name: string;
  /** Whether any text is allowed there; others take a duration, one of some words and the like. */
  readonly isFree: boolean;
  /** An element that has the text in this place, and no other attributes but those that it needs. */
  element(text: string): Record<string, unknown>;
}

interface Place {
  readonly path: string;
  readonly isFree: boolean;
  value(text: string): unknown;
}

type Schema = z.ZodType;
interface Parts {
  readonly type: string;
  readonly innerType?: Schema;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly out?: Schema;
}

const partsOf = (schema: Schema): Parts => schema.def as unknown as Parts;
const isRequired = (schema: Schema): boolean => !schema.safeParse(undefined).success;

/** The first of some plain values that a schema takes. */
function sampleOf(schema: Schema): unknown {
  const { options = [], shape = {} } = partsOf(schema);
  const object = Object.fromEntries(
    Object.entries(shape)
      .filter(([, part]) => isRequired(part))
      .map(([key, part]) => [key, sampleOf(part)]),
  );
  const words = (schema as { readonly options?: readonly unknown[] }).options ?? [];
  const candidates = ['x', ...words, '1s', '1KiB', '1/s', 1, true, [], object, ...options.map(sampleOf)];
  return candidates.find((value) => schema.safeParse(value).success);
}

function placesIn(schema: Schema): Place[] {
  const parts = partsOf(schema);
  const inner = (of: Schema | undefined, step: string, wrap: (value: unknown) => unknown): Place[] =>
    of
      ? placesIn(of).map(({ path, isFree, value }) => ({
          path: `${step}${path}`,
          isFree,
          value: (text) => wrap(value(text)),
        }))
      : [];
  switch (parts.type) {
    case 'string':
    case 'enum':
    case 'literal':
      return [{ path: '', isFree: schema.safeParse('sample text').success, value: (text) => text }];
    case 'unknown':
    case 'any':
      return [
        { path: '', isFree: true, value: (text) => text },
        { path: '.<key>', isFree: true, value: (text) => ({ [text]: 1 }) },
      ];
    case 'array':
      return inner(parts.element, '[]', (value) => [value]);
    case 'record':
      return [
        { path: '.<key>', isFree: true, value: (text) => ({ [text]: sampleOf(parts.valueType as Schema) }) },
        ...inner(parts.valueType, '.*', (value) => ({ k: value })),
      ];
    case 'object': {
      const needed = sampleOf(schema) as object;
      return Object.entries(parts.shape ?? {}).flatMap(([key, part]) =>
        inner(part, `.${key}`, (value) => ({ ...needed, [key]: value })),
      );
    }
    case 'union':
      return (parts.options ?? []).flatMap(placesIn);
    case 'pipe':
      return parts.out ? placesIn(parts.out) : [];
    default:
      return parts.innerType ? placesIn(parts.innerType) : [];
  }
}

type AttributeMap = Readonly<Record<string, { schema(): Schema; readonly required?: boolean }>>;

function fieldsOf(section: Section | 'design', attributes: AttributeMap): Field[] {
  const needed = Object.fromEntries(
    Object.entries(attributes)
      .filter(([, { required }]) => required)
      .map(([name, { schema }]) => [name, sampleOf(schema())]),
  );
  return Object.entries(attributes).flatMap(([name, { schema }]) =>
    placesIn(schema()).map(({ path, isFree, value }) => ({
      section,
      name: `${section}.${name}${path}`,
      // The attribute as a whole may be stricter than its parts, or a union may take what one of its forms does not.
      isFree: isFree && schema().safeParse(value('sample text')).success,
      element: (text: string) => ({ ...needed, [name]: value(text) }),
    })),
  );
}

/** Patterns have a grammar of their own, what is wrong with one is case 76; and conventions are named by sections. */
const isPattern = ({ name }: Field): boolean => /\.(?:naming\.(?:\*|<key>)|pattern)$/.test(name);

/** Every place of the model that holds a text. */
export const fields: readonly Field[] = [
  ...fieldsOf('design', designAttributes as unknown as AttributeMap),
  ...sections.flatMap((section) => fieldsOf(section, kinds[section].attributes as unknown as AttributeMap)),
].filter((field) => !isPattern(field));
