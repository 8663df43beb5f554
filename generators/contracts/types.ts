import { commentText } from '../kit/comments.ts';
import { LINE_WIDTH } from '../kit/layout.ts';
import { propertyKey, stringLiteral } from '../kit/literals.ts';
import type { JsonSchema } from './plan.ts';

/**
 * The TypeScript type of what a JSON Schema accepts, as far as its usual keywords go; `unknown` where they do not
 * suffice. Too wide is safe, since every body is validated as well.
 * @param indent indentation of the line on which the type begins
 */
export function typeOf(schema: unknown, indent = 0): string {
  if (schema === false) return 'never';
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return 'unknown';
  const { type, enum: values, oneOf, anyOf, allOf, ...rest } = schema as JsonSchema;
  if ('const' in rest) return literalType(rest['const']);
  if (Array.isArray(values)) return union(values.map(literalType), indent);
  const alternatives = oneOf ?? anyOf;
  if (Array.isArray(alternatives))
    return union(
      alternatives.map((item) => typeOf(item, indent + 4)),
      indent,
    );
  if (allOf !== undefined || '$ref' in rest) return 'unknown';
  if (Array.isArray(type))
    return union(
      type.map((name) => typeOf({ ...rest, type: name }, indent + 4)),
      indent,
    );
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return arrayType(rest, indent);
    case 'object':
      return objectType(rest, indent);
    default:
      return 'properties' in rest ? objectType(rest, indent) : 'unknown';
  }
}

function arrayType({ items, prefixItems }: JsonSchema, indent: number): string {
  if (prefixItems !== undefined || items === undefined) return 'unknown[]';
  const item = typeOf(items, indent);
  return / \| (?![^{]*})/.test(item) ? `(${item})[]` : `${item}[]`;
}

/** Members of an object, or an index signature where the schema names none. */
export function objectType(schema: JsonSchema, indent: number): string {
  const properties = Object.entries((schema['properties'] ?? {}) as JsonSchema);
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const pad = ' '.repeat(indent);
  if (properties.length === 0) {
    const extra = schema['additionalProperties'];
    const value = typeof extra === 'object' && extra !== null ? typeOf(extra, indent + 2) : 'unknown';
    return `{\n${pad}  [key: string]: ${value};\n${pad}}`;
  }
  const lines = properties.map(([name, property]) => {
    const start = `${pad}  ${propertyKey(name)}${required.has(name) ? '' : '?'}:`;
    const type = typeOf(property, indent + 2);
    return `${documentation(property, `${pad}  `)}${start}${type.startsWith('\n') ? '' : ' '}${type};\n`;
  });
  return `{\n${lines.join('')}${pad}}`;
}

function documentation(schema: unknown, pad: string): string {
  const text = (schema as { readonly description?: unknown } | null)?.description;
  return typeof text === 'string' && text.trim() !== '' ? `${pad}/** ${commentText(text)} */\n` : '';
}

function union(types: readonly string[], indent: number): string {
  const distinct = [...new Set(types)];
  if (distinct.length === 0) return 'never';
  if (distinct.includes('unknown')) return 'unknown';
  const line = distinct.join(' | ');
  if (distinct.length === 1 || indent + line.length + 40 <= LINE_WIDTH) return line;
  const pad = ' '.repeat(indent + 2);
  return `\n${distinct.map((type) => `${pad}| ${type}`).join('\n')}`;
}

function literalType(value: unknown): string {
  if (typeof value === 'string') return stringLiteral(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  return 'unknown';
}
