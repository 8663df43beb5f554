/**
 * The value at a JSON pointer (RFC 6901) as text, for keys. `undefined` where there is none, or where it is not a
 * string, number or boolean: an object has no stable text.
 */
export function textAt(data: unknown, pointer: string): string | undefined {
  let value = data;
  for (const token of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
