import { Code } from './literals.ts';

/** As wide as `ruff format` is told to make lines. */
const WIDTH = 110;

/**
 * A JSON value as a literal of Python, laid out as `ruff format` would. Escapes of JSON mean the same there
 * (https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences).
 * @param indent indentation of the line on which it begins
 */
export function pythonLiteral(value: unknown, indent = 0): string {
  const flat = flatLiteral(value);
  if (
    indent + flat.length <= WIDTH - 24 ||
    typeof value !== 'object' ||
    value === null ||
    value instanceof Code
  )
    return flat;
  const pad = ' '.repeat(indent + 4);
  const lines = Array.isArray(value)
    ? value.map((item) => pythonLiteral(item, indent + 4))
    : Object.entries(value).map(([name, item]) => `${text(name)}: ${pythonLiteral(item, indent + 4)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${lines.map((line) => `${pad}${line},\n`).join('')}${' '.repeat(indent)}${close}`;
}

function flatLiteral(value: unknown): string {
  if (value instanceof Code) return value.text;
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number' && Number.isFinite(value)) return grouped(value);
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map(flatLiteral).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([name, item]) => `${text(name)}: ${flatLiteral(item)}`)
      .join(', ')}}`;
  throw new Error(`${typeof value} is no JSON value`);
}

const grouped = (value: number): string =>
  Number.isSafeInteger(value) ? String(value).replace(/\B(?=(\d{3})+$)/g, '_') : String(value);

/** Characters that look like others, or like none, are written as escapes, so that a reader sees what is there. */
const text = (value: string): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u00ad\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** https://docs.python.org/3/reference/lexical_analysis.html#keywords. */
const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** Whether a text can stand as a name; what begins with two underscores is renamed inside of a class. */
export const isPythonName = (text: string): boolean =>
  /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !text.startsWith('__') && !KEYWORDS.has(text);

/** Throws unless the text can stand as a name: names are decided by a plan, never repaired in a template. */
export function pythonName(text: string): string {
  if (!isPythonName(text)) throw new Error(`Not a name of Python: ${JSON.stringify(text)}`);
  return text;
}

/** A text on one line behind a `#`: nothing in it can end the line, or be taken for an instruction of a tool. */
export const pythonComment = (value: string): string =>
  value
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\b(noqa|type:|pragma|fmt:|ruff:|mypy:|-\*-)/gi, (word) => word.replace(/(.)$/, ' $1'))
    .trim();
