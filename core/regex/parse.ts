/** A regular expression as far as backtracking goes: what it matches one after the other, and how often. */
export type Pattern =
  | { readonly type: 'set'; readonly source: string }
  | { readonly type: 'sequence' | 'choice'; readonly items: readonly Pattern[] }
  | { readonly type: 'repeat'; readonly item: Pattern; readonly min: number; readonly max: number };

export interface Parsed {
  readonly pattern: Pattern;
  /** What stands in look-arounds: matched apart from the rest. */
  readonly lookarounds: readonly Pattern[];
  readonly hasBackreference: boolean;
}

const EMPTY: Pattern = { type: 'sequence', items: [] };
const ESCAPE = /\\(?:u\{[0-9a-f]+\}|u[0-9a-f]{4}|x[0-9a-f]{2}|c[a-z]|[pP]\{[^}]*\}|k<[^>]*>|[1-9]\d*|.)/isuy;
const CLASS = /\[(?:\\.|[^\]\\])*\]/suy;
const GROUP = /\((?:\?(?:(<?[=!])|<[^>]*>|[a-z-]*:))?/uy;
const QUANTIFIER = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/uy;

/** Parses the source of a regular expression that `new RegExp(source, 'u')` accepts. */
export function parsePattern(source: string): Parsed {
  const lookarounds: Pattern[] = [];
  let hasBackreference = false;
  let at = 0;

  const take = (token: RegExp): RegExpExecArray | undefined => {
    token.lastIndex = at;
    const match = token.exec(source) ?? undefined;
    if (match) at = token.lastIndex;
    return match;
  };

  function choice(): Pattern {
    const items = [sequence()];
    while (source[at] === '|') {
      at++;
      items.push(sequence());
    }
    return items.length === 1 && items[0] ? items[0] : { type: 'choice', items };
  }

  function sequence(): Pattern {
    const items: Pattern[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') items.push(repeated(atom()));
    return { type: 'sequence', items };
  }

  function repeated(item: Pattern): Pattern {
    const match = take(QUANTIFIER);
    if (!match) return item;
    const [text, least, range, most] = match;
    if (least !== undefined) {
      const min = Number(least);
      return {
        type: 'repeat',
        item,
        min,
        max: range === undefined ? min : Number(most || Number.POSITIVE_INFINITY),
      };
    }
    return {
      type: 'repeat',
      item,
      min: text.startsWith('+') ? 1 : 0,
      max: text.startsWith('?') ? 1 : Number.POSITIVE_INFINITY,
    };
  }

  function atom(): Pattern {
    const group = take(GROUP);
    if (group) {
      const inner = choice();
      at++;
      if (!group[1]) return inner;
      lookarounds.push(inner);
      return EMPTY;
    }
    const set = take(CLASS);
    if (set) return { type: 'set', source: set[0] };
    const escaped = take(ESCAPE)?.[0];
    if (escaped === undefined) {
      const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
      at += character.length;
      return character === '^' || character === '$' ? EMPTY : { type: 'set', source: character };
    }
    if (escaped === '\\b' || escaped === '\\B') return EMPTY;
    if (/^\\(?:k<|[1-9])/.test(escaped)) {
      hasBackreference = true;
      return EMPTY;
    }
    return { type: 'set', source: escaped };
  }

  const pattern = choice();
  return { pattern, lookarounds, hasBackreference };
}
