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
  /** Uses of YAML aliases, counted as the parser expands them. */
  aliases: 100,
} as const;

/** Refuses text that is too long to be looked at. */
export function checkLength(text: string): Problem | undefined {
  if (text.length > limits.characters) {
    return {
      code: 'LOOM_LIMIT',
      message: `The file has ${text.length.toLocaleString('en')} characters; ${limits.characters.toLocaleString('en')} is the limit.`,
      hint: 'Split the design into several files, or keep message schemas in files beside it.',
    };
  }
  return undefined;
}

/** Refuses text that is nested too deeply to be parsed. Linear in the text, and never recursive. */
export function checkDepth(text: string): Problem | undefined {
  let offset = 0;
  let flow = 0;
  let column = 0;
  let atLineStart = true;
  let compact = 0;
  const indents: number[] = [];
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1);
    else if (token === '-' || token === '?') compact++;
    if (atLineStart && token.trim() !== '' && flow === 0 && token !== '\u0002') {
      while (indents.length > 0 && (indents.at(-1) ?? 0) >= column) indents.pop();
      indents.push(column);
      atLineStart = false;
      compact = token === '-' || token === '?' ? 1 : 0;
    }
    if (flow + indents.length + compact > limits.depth) {
      return {
        code: 'LOOM_LIMIT',
        message: `The file is nested deeper than ${limits.depth} levels.`,
        hint: 'A design needs fewer than ten; look for brackets that are never closed.',
        at: positionAt(text, offset),
      };
    }
    // The lexer marks document, flow end and scalar starts with single control characters that are not in the text.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') continue;
    offset += token.length;
    const lineEnd = token.lastIndexOf('\n');
    if (lineEnd >= 0) {
      atLineStart = true;
      column = token.length - lineEnd - 1;
    } else column += token.length;
  }
  return undefined;
}
