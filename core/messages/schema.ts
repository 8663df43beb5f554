/** A JSON Schema as it stands in a design: an object of keywords, or `true` and `false`. */
export type Schema = Readonly<Record<string, unknown>> | boolean;

export const isSchema = (value: unknown): value is Schema =>
  typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value));

/** The first `$ref` that leaves the schema: such a schema can only be judged together with the other file. */
export function outsideReference(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  for (const [key, value] of Object.entries(schema)) {
    if ((key === '$ref' || key === '$dynamicRef') && typeof value === 'string' && !value.startsWith('#'))
      return value;
    const inner = outsideReference(value);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** What a `$ref` of the form `#/…` points to in its schema. */
export function resolveLocal(root: Schema, ref: string): Schema | undefined {
  let value: unknown = root;
  for (const step of ref.split('/').slice(1)) {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return /^#(?:\/|$)/.test(ref) && isSchema(value) ? value : undefined;
}
