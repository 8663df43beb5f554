import type { Attribute } from '../../../../core/kinds/attribute.ts';
import { fail, ok, type Result } from '../../../../core/result.ts';
import { isRecord } from '../../../../core/text/render.ts';
import { readValue } from '../../../../core/text/value.ts';

/** Reads `key: value`, typed as the file would have it, into a map that the attribute may hold. */
export function entryOf(
  attribute: Pick<Attribute, 'accepts'>,
  typed: string,
): Result<Readonly<Record<string, unknown>>, string> {
  const read = readValue(typed);
  if (!read.ok) return read;
  if (!isRecord(read.value)) return fail('needs a key, a colon and a value');
  const [first] = Object.entries(read.value);
  if (!first || first[1] === null || first[1] === '') return fail('needs a value behind the colon');
  return attribute.accepts(read.value) ? ok(read.value) : fail('cannot hold that value');
}

/** The map with the value of a key as it was typed, or without that key; nothing where that was the last one. */
export function withEntry(
  map: Readonly<Record<string, unknown>>,
  key: string,
  typed: unknown,
): Readonly<Record<string, unknown>> | undefined {
  const { [key]: _, ...others } = map;
  if (typed === undefined) return Object.keys(others).length > 0 ? others : undefined;
  const read = readValue(String(typed));
  return read.ok ? { ...map, [key]: read.value } : map;
}

/** The value of one key of a map as an attribute of its own, edited as the text that stands in the file. */
export function valueAttribute(map: Attribute, key: string): Attribute {
  const read = (typed: unknown): Result<unknown, string> => {
    const value = readValue(String(typed));
    if (!value.ok) return value;
    return map.accepts({ [key]: value.value }) ? value : fail('cannot have that value');
  };
  return {
    doc: map.doc,
    group: map.group,
    editor: { type: 'text' },
    accepts: (typed) => read(typed).ok,
    schema: () =>
      ({
        safeParse: (typed: unknown) => {
          const result = read(typed);
          return result.ok
            ? { success: true, data: result.value }
            : { success: false, error: { issues: [{ message: result.error }] } };
        },
      }) as unknown as ReturnType<Attribute['schema']>,
  };
}
