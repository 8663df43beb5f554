/** By pointer. Pointers come from the design, so there are few. */
const read = new Map<string, readonly string[]>();

function namesIn(pointer: string): readonly string[] {
  let names = read.get(pointer);
  if (names === undefined) {
    const tokens = pointer.split('/').slice(1);
    names = tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
    read.set(pointer, names);
  }
  return names;
}

/**
 * The value at a JSON pointer (RFC 6901) as text, for keys. `undefined` where there is none, or where it is not a
 * string, number or boolean: an object has no stable text.
 */
export function textAt(data: unknown, pointer: string): string | undefined {
  let value = data;
  for (const name of namesIn(pointer)) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (!Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
