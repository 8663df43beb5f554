import { isIdentifier } from './identifiers.ts';
import { bracketed, LINE_WIDTH } from './layout.ts';

/** Code that an encoder has made of checked parts, such as a type; it stands for itself. Never text of a design. */
export class Code {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * A string as a TypeScript literal. JSON escapes, and besides them U+2028 and U+2029, which end a line in older
 * parsers. Single quotes, unless double quotes need fewer escapes: so formatters leave it as it is.
 */
export function stringLiteral(text: string): string {
  const body = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  const singles = text.split("'").length;
  const doubles = text.split('"').length;
  return singles > doubles ? `"${body.replaceAll('"', '\\"')}"` : `'${body.replaceAll("'", "\\'")}'`;
}

/** A key of an object literal or type: bare where it may be. */
export const propertyKey = (name: string): string =>
  // Written as a key, this one would set the prototype.
  name === '__proto__' ? "['__proto__']" : isIdentifier(name) ? name : stringLiteral(name);

/**
 * A JSON value as a TypeScript literal, laid out as a formatter would.
 * @param column where the literal begins, counted from 0
 * @param indent indentation of the line on which it begins
 */
export function literal(value: unknown, column = 0, indent = 0): string {
  if (value instanceof Code) return value.text;
  if (typeof value === 'string') return stringLiteral(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value).replace('e+', 'e');
  if (typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => listItem(item, indent + 2));
    const objects = value.length > 1 && value.every((item) => typeof item === 'object' && item !== null);
    return bracketed(items, ['[', ']'], { column: objects ? LINE_WIDTH : column, indent });
  }
  if (typeof value === 'object') {
    const short = Object.keys(value).length <= SHORT ? flatObject(value, column) : undefined;
    return short ?? objectLiteral(value, indent);
  }
  throw new Error(`${typeof value} is no JSON value`);
}

/** An object of plain values on one line; `undefined` when it has other values or does not fit. */
function flatObject(value: object, column: number): string | undefined {
  const fields = Object.entries(value);
  if (fields.length === 0 || fields.some(([, field]) => typeof field === 'object' && field !== null))
    return undefined;
  const line = `{ ${fields.map(([name, field]) => `${propertyKey(name)}: ${literal(field)}`).join(', ')} }`;
  return column + line.length + 1 <= LINE_WIDTH ? line : undefined;
}

const listItem = (value: unknown, indent: number): string =>
  (isRecord(value) && flatObject(value, indent)) || literal(value, indent, indent);

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Code);

/** Objects of one or two plain values are short enough to be read on one line. */
const SHORT = 2;

function objectLiteral(value: object, indent: number): string {
  const inner = ' '.repeat(indent + 2);
  const lines = Object.entries(value).map(([name, item]) => {
    const start = `${inner}${propertyKey(name)}:`;
    const text = literal(item, start.length + 1, indent + 2);
    const breaks = typeof item === 'string' && start.length + text.length + 2 > LINE_WIDTH;
    return `${start}${breaks ? `\n${inner}  ` : ' '}${text},\n`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${' '.repeat(indent)}}`;
}
