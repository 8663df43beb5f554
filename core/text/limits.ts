import { Lexer } from 'yaml';
import type { Problem } from '../result.ts';
import { positionAt } from './position.ts';

/** Limits on a design file; beyond them it is refused before parsing gets expensive. */
export const limits = {
  /** UTF-16 units of text. */
  characters: 10_000_000,
  /** Nested maps and lists. */
  depth: 64,
  /** Elements over all sections. */
  elements: 50_000,
  /** Words and signs, as the lexer of YAML counts them, in what its parser must read. */
  tokens: 1_000_000,
  /** UTF-16 units of one text or key, in those parts of a design whose form is free. */
  string: 100_000,
  /** Uses of YAML aliases, counted as the parser expands them. */
  aliases: 100,
} as const;

/** Refuses text that is too long to be looked at. */
export function checkLength(text: string): Problem | undefined {
  if (text.length <= limits.characters) return undefined;
  return {
    code: 'LOOM_LIMIT',
    message: `The file has ${text.length.toLocaleString('en')} characters; ${limits.characters.toLocaleString('en')} is the limit.`,
    hint: 'Split the design into several files, or keep message schemas in files beside it.',
  };
}

export interface Scan {
  /** Why the text is refused: it is nested too deeply, has too many parts to be parsed, or a tag. */
  readonly limit: Problem | undefined;
  /** Words and signs that were looked at. */
  readonly tokens: number;
}

/** Looks through a text before it is parsed. Linear in the text, and never recursive. */
export function scan(text: string): Scan {
  let offset = 0;
  let flow = 0;
  let column = 0;
  let atLineStart = true;
  let compact = 0;
  let tokens = 0;
  const indents: number[] = [];
  let before = '';
  const elements = new ElementCount();
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1);
    else if (token === '-' || token === '?') compact++;
    const startsLine = atLineStart && token.trim() !== '' && flow === 0 && token !== '\u0002';
    if (startsLine) {
      while (indents.length > 0 && (indents.at(-1) ?? 0) >= column) indents.pop();
      indents.push(column);
      atLineStart = false;
      compact = token === '-' || token === '?' ? 1 : 0;
    }
    elements.take(token, flow + indents.length, startsLine);
    const message =
      flow + indents.length + compact > limits.depth
        ? tooDeep()
        : ++tokens > limits.tokens
          ? tooMany()
          : elements.count > limits.elements
            ? tooManyElements()
            : undefined;
    if (message) return { tokens, limit: { code: 'LOOM_LIMIT', ...message, at: positionAt(text, offset) } };
    // What follows a unit separator is the content of a scalar.
    if (token.startsWith('!') && before !== '\u001f' && !CORE_TAGS.test(token))
      return { tokens, limit: { code: 'LOOM_SYNTAX', ...tagged(token), at: positionAt(text, offset) } };
    before = token;
    // The lexer marks document, flow end and scalar starts with single control characters that are not in the text.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') continue;
    offset += token.length;
    const lineEnd = token.lastIndexOf('\n');
    if (lineEnd >= 0) {
      atLineStart = true;
      column = token.length - lineEnd - 1;
    } else column += token.length;
  }
  return { tokens, limit: undefined };
}

/** Counts the entries of sections, which stand on the second level; layout has no elements of its own. */
class ElementCount {
  count = 0;
  #scalar = '';
  #section = '';

  take(token: string, level: number, startsLine: boolean): void {
    if (level === 1) {
      if (token === ':') this.#section = this.#scalar;
      else if (token.length > 1) this.#scalar = token;
    }
    const isEntry = level === 2 && (startsLine || token === ',' || token === '{');
    if (isEntry && !/^["']?layout["']?$/.test(this.#section)) this.count++;
  }
}

/** Tags of the YAML 1.2 core schema. Others make the parser slow (`!!omap` compares every key with every other) or run code elsewhere. */
const CORE_TAGS = /^!(?:!(?:str|int|float|bool|null|map|seq))?$/;

const tagged = (tag: string) => ({
  message: `The tag ${tag.slice(0, 60)} is not one that a design may use.`,
  hint: 'Remove it; a design uses no YAML tags.',
});

const tooDeep = () => ({
  message: `The file is nested deeper than ${limits.depth} levels.`,
  hint: 'A design needs fewer than ten; look for brackets that are never closed.',
});

// Functions, since the first number that is written for people loads what ICU knows, in as long as a small file is read.
const tooMany = () => ({
  message: `The file has more than ${limits.tokens.toLocaleString('en')} words and signs.`,
  hint: 'Split the design into several files.',
});

export const tooManyElements = () => ({
  message: `The design has more than ${limits.elements.toLocaleString('en')} elements.`,
  hint: 'Split the design into several files.',
});
