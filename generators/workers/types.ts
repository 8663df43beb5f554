import type { JsonSchema } from '../contracts/plan.ts';
import { Code } from '../kit/literals.ts';
import { pythonLiteral } from '../kit/python.ts';

/** A class of `contracts.py`, with its members. */
export interface TypedDict {
  readonly name: string;
  readonly members: Readonly<Record<string, Code>>;
}

export interface PythonType {
  /** As it is written where it is used. */
  readonly expression: string;
  /** What has to be declared before. */
  readonly declared: readonly TypedDict[];
}

const plain = (expression: string): PythonType => ({ expression, declared: [] });
const ANY = plain('Any');

/**
 * The type of what a JSON Schema accepts, as far as its usual keywords go; `Any` where they do not suffice. Too wide is
 * safe, since every body is validated as well.
 */
export function pythonType(schema: unknown, name: string): PythonType {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return ANY;
  const { type, enum: values, oneOf, anyOf, allOf, ...rest } = schema as JsonSchema;
  if ('const' in rest) return literalType([rest['const']]);
  if (Array.isArray(values)) return literalType(values);
  const alternatives = oneOf ?? anyOf;
  if (Array.isArray(alternatives))
    return union(alternatives.map((item, at) => pythonType(item, `${name}${at + 1}`)));
  if (allOf !== undefined || '$ref' in rest) return ANY;
  if (Array.isArray(type)) return union(type.map((one) => pythonType({ ...rest, type: one }, name)));
  switch (type) {
    case 'string':
      return plain('str');
    case 'boolean':
      return plain('bool');
    case 'null':
      return plain('None');
    case 'number':
      return plain('float');
    case 'integer':
      return plain('int');
    case 'array': {
      if (rest['prefixItems'] !== undefined || rest['items'] === undefined) return plain('list[Any]');
      const { expression, declared } = pythonType(rest['items'], `${name}Item`);
      return { expression: `list[${expression}]`, declared };
    }
    default:
      return type === 'object' || 'properties' in rest ? objectType(rest, name) : ANY;
  }
}

function objectType(schema: JsonSchema, name: string): PythonType {
  const properties = Object.entries((schema['properties'] ?? {}) as JsonSchema);
  if (properties.length === 0) return plain('dict[str, Any]');
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const declared: TypedDict[] = [];
  const members = properties.map(([key, property], at): [string, Code] => {
    const type = pythonType(property, `${name}${suffix(key, at)}`);
    declared.push(...type.declared);
    return [key, new Code(required.has(key) ? type.expression : `NotRequired[${type.expression}]`)];
  });
  return { expression: name, declared: [...declared, { name, members: Object.fromEntries(members) }] };
}

/** A part of a name for what is in a property: its words, and its place where it has none. */
function suffix(key: string, at: number): string {
  const words = key.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.length === 0
    ? `Part${at + 1}`
    : words.map((w) => w.charAt(0).toUpperCase() + w.slice(1)).join('');
}

function union(types: readonly PythonType[]): PythonType {
  const distinct = [...new Set(types.map(({ expression }) => expression))];
  if (distinct.length === 0 || distinct.includes('Any')) return ANY;
  return { expression: distinct.join(' | '), declared: types.flatMap(({ declared }) => declared) };
}

/** https://typing.python.org/en/latest/spec/literal.html: no floats. */
function literalType(values: readonly unknown[]): PythonType {
  const fits = values.every(
    (value) => value === null || ['string', 'boolean'].includes(typeof value) || Number.isSafeInteger(value),
  );
  return fits && values.length > 0
    ? plain(`Literal[${values.map((value) => pythonLiteral(value, -1_000_000)).join(', ')}]`)
    : ANY;
}
