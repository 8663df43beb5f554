import Handlebars from 'handlebars/runtime.js';
import { commentText } from './comments.ts';
import { identifier } from './identifiers.ts';
import { bracketed, LINE_WIDTH } from './layout.ts';
import { literal } from './literals.ts';
import { pythonComment, pythonLiteral, pythonName } from './python.ts';

/** Hash arguments of `str` and `ident`: where the value stands, for lists that may have to be broken. */
interface Placement {
  readonly hash: {
    /** Text of the line before the value, its indentation included. */
    readonly after?: string;
    /** Prefix of each identifier, such as `contracts.`. */
    readonly of?: string;
  };
}

const place = ({ hash: { after = '' } }: Placement) => ({
  column: after.length,
  indent: after.length - after.trimStart().length,
});

/**
 * A JSON value as a TypeScript literal: the only way for text of the design into code. Where `after` ends without a
 * space the literal brings its own, or a line break when it is a text that does not fit.
 */
const str = (value: unknown, options: Placement): string => {
  const { column, indent } = place(options);
  if (!options.hash.after || options.hash.after.endsWith(' ')) return literal(value, column, indent);
  const text = literal(value, column + 1, indent);
  const breaks = typeof value === 'string' && column + text.length + 2 > LINE_WIDTH;
  return (breaks ? `\n${' '.repeat(indent + 2)}` : ' ') + text;
};

/** An identifier that the plan has chosen, or a bracketed list of them. */
const ident = (value: string | readonly string[], options: Placement): string => {
  const prefixed = (name: string): string => (options.hash.of ?? '') + identifier(name);
  return typeof value === 'string'
    ? prefixed(value)
    : bracketed(value.map(prefixed), ['[', ']'], place(options));
};

/** A JSON value as a literal of Python; with `name` and `hash` the only way for text of the design into Python. */
const py = (value: unknown, { hash: { after = '' } }: Placement): string =>
  pythonLiteral(value, after.length);

Handlebars.registerHelper({ str, ident, comment: commentText, py, hash: pythonComment, name: pythonName });

/** Renders a precompiled template. A field that the data lacks throws, since templates are compiled as strict. */
export const render = (template: (data: unknown) => string, data: unknown = {}): string => template(data);
