import { resolveLocal, type Schema } from './schema.ts';

type Keywords = Readonly<Record<string, unknown>>;

/** Schemas may contain themselves; what lies deeper is left out. */
const DEEPEST = 8;

const texts: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T12:00:00Z',
  date: '2026-01-31',
  time: '12:00:00Z',
  duration: 'PT1H',
  uuid: '6f1c8a52-3b7e-4d19-9a40-2c5e8f7b1d03',
  email: 'someone@example.com',
  uri: 'https://example.com/',
};

/**
 * A value that a schema describes, as a beginning for an example: every property that is declared, the first of several
 * values. It follows the keywords that most schemas have; whether it fits is for `checkExamples` to say.
 * @param name What the value is called, for texts that may be anything.
 */
export function sampleOf(schema: Schema, name = 'value', root: Schema = schema, depth = 0): unknown {
  if (typeof schema === 'boolean' || depth > DEEPEST) return null;
  const { $ref: ref, const: constant, enum: values, default: standard, examples } = schema;
  if (typeof ref === 'string') return sampleOf(resolveLocal(root, ref) ?? true, name, root, depth + 1);
  if (constant !== undefined) return constant;
  if (Array.isArray(values)) return values[0];
  if (standard !== undefined) return standard;
  if (Array.isArray(examples)) return examples[0];
  for (const choice of [schema['oneOf'], schema['anyOf']])
    if (Array.isArray(choice)) return sampleOf(choice[0] as Schema, name, root, depth + 1);
  return ofType(schema, name, root, depth);
}

function ofType(schema: Keywords, name: string, root: Schema, depth: number): unknown {
  const { type, properties, items, minimum, exclusiveMinimum, minLength, format } = schema;
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return Object.fromEntries(
        Object.entries((properties ?? {}) as Keywords).map(([key, inner]) => [
          key,
          sampleOf(inner as Schema, key, root, depth + 1),
        ]),
      );
    case 'array':
      return items === undefined ? [] : [sampleOf(items as Schema, name, root, depth + 1)];
    case 'integer':
    case 'number':
      return typeof minimum === 'number'
        ? minimum
        : typeof exclusiveMinimum === 'number'
          ? exclusiveMinimum + 1
          : 1;
    case 'boolean':
      return true;
    case 'string':
      return texts[String(format)] ?? name.padEnd(typeof minLength === 'number' ? minLength : 0, 'x');
    case 'null':
      return null;
    default:
      return properties === undefined ? null : ofType({ ...schema, type: 'object' }, name, root, depth);
  }
}
