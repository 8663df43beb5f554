import { type ElementAddress, parseAddress } from '../../../../core/design/design.ts';
import type { Attribute, Editor } from '../../../../core/kinds/attribute.ts';
import type { Section } from '../../../../core/kinds/registry.ts';
import { jsonSchema } from '../../../../core/text/schema.ts';

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly pattern?: string;
  readonly items?: JsonSchema;
}

/** A part of an attribute that is an object, such as `rate.peak`. */
export interface Subfield {
  readonly name: string;
  readonly doc: string;
  readonly editor: Editor;
}

let whole: JsonSchema | undefined;
const schemaOf = (section: Section | 'design', field: string): JsonSchema | undefined => {
  whole ??= jsonSchema('draft-7') as JsonSchema;
  const element = whole.properties?.[section];
  const entry = section === 'design' ? element : element?.additionalProperties;
  return typeof entry === 'object' ? entry.properties?.[field] : undefined;
};

/** Section of an element; the design's own attributes have none. */
export const sectionOf = (address: ElementAddress | 'design'): Section | 'design' =>
  address === 'design' ? 'design' : (parseAddress(address)?.section ?? 'design');

/** Parts of an attribute that a form can show: those of a fixed object with simple values. Read from the JSON Schema. */
export function subfieldsOf(section: Section | 'design', field: string): readonly Subfield[] {
  const schema = schemaOf(section, field);
  const object = [schema, ...(schema?.anyOf ?? [])].find((candidate) => candidate?.properties !== undefined);
  return Object.entries(object?.properties ?? {}).flatMap(([name, part]) => {
    const editor = editorOf(part);
    return editor ? [{ name, doc: part.description ?? '', editor }] : [];
  });
}

function editorOf(part: JsonSchema): Editor | undefined {
  if (part.enum) return { type: 'enum', values: part.enum.map(String) };
  if (part.type === 'boolean') return { type: 'boolean' };
  if (part.type === 'integer') return { type: 'integer' };
  if (part.type === 'number') return { type: 'number' };
  if (part.type === 'string' || part.anyOf?.some(({ type }) => type === 'string')) return { type: 'text' };
  return part.type === 'array' && part.items?.type === 'string' ? { type: 'list' } : undefined;
}

/** Whether an object attribute still fits its schema with one part changed; the message if not. */
export function checkPart(
  attribute: Attribute,
  whole: unknown,
  name: string,
  value: unknown,
): string | undefined {
  const base = typeof whole === 'object' && whole !== null ? whole : {};
  const result = attribute.schema.safeParse({ ...base, [name]: value });
  if (result.success) return undefined;
  const issues = result.error.issues.flatMap((issue) =>
    issue.code === 'invalid_union' ? (issue.errors.flat() as typeof result.error.issues) : [issue],
  );
  return issues.find((issue) => issue.path.includes(name))?.message;
}
