import type { Path, Range } from '../text/nodes.ts';

/** What stands at a place in the text of a design, or may be written there. */
export interface Spot {
  /** A key is being written, or a value. */
  readonly role: 'key' | 'value';
  /** Path of the value, or of the key itself; a key that is still empty is `''`. */
  readonly path: Path;
  /** What stands there, quotes included; empty where nothing does yet. */
  readonly word: Range;
  /** The same without quotes. */
  readonly text: string;
}

interface Frame {
  /** Column of the key or of the dash. */
  readonly indent: number;
  readonly step: string | number;
}

/** An entry of a list or map on one line. */
interface Bracket {
  readonly closes: '}' | ']';
  readonly path: Path;
  /** Key whose value comes next. */
  key: string | undefined;
  index: number;
}

const KEY =
  /("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s#"'{}[\]&*!|>%@`,-][^#\n]*?|-[^\s#][^#\n]*?)[ ]*:(?=[ \r\n]|$)/y;
const QUOTED = /"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?/y;
const FLOW_WORD = /(?:[^,[\]{}#:\s]|:(?![\s,[\]{}]|$)|[ \t]+(?![\s,[\]{}#:]|$)|(?<=\S)#)+/y;

/**
 * Finds what stands at an offset. It reads what people write while they write it: unlike the parser it does not need a
 * text that is whole, only lines that are indented.
 * @returns `undefined` in comments, in block scalars, and where neither key nor value can stand.
 */
export function spotAt(text: string, offset: number): Spot | undefined {
  return new Scanner(text, offset).find();
}

class Scanner {
  readonly #text: string;
  readonly #offset: number;
  #frames: Frame[] = [];
  #found: Spot | undefined;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.#offset = offset;
  }

  find(): Spot | undefined {
    for (let at = this.#start(); at <= this.#offset; ) {
      const next = this.#line(at);
      if (next === undefined) return this.#found;
      at = next;
    }
    return undefined;
  }

  /** Start of the nearest line above that begins at the margin: nothing before it matters. */
  #start(): number {
    for (let end = this.#lineEnd(this.#offset); ; ) {
      const start = this.#text.lastIndexOf('\n', end - 1) + 1;
      if (start === 0 || /[^\s#\]}-]/.test(this.#text[start] ?? '')) return start;
      end = start - 1;
    }
  }

  /** Reads a line and what continues it. @returns Start of the next line; `undefined` when the search is over. */
  #line(start: number): number | undefined {
    const end = this.#lineEnd(start);
    let at = this.#skip(start, end);
    if (at === end || this.#text[at] === '#') {
      if (this.#offset > end) return end + 1;
      return this.#offset > at && at < end ? this.#nothing() : this.#blank(this.#offset - start);
    }
    const isItem = this.#isDash(at, end);
    let step = this.#leave(at - start, isItem);
    if (this.#offset < at) return this.#blank(this.#offset - start);
    while (this.#isDash(at, end)) {
      this.#frames.push({ indent: at - start, step });
      step = 0;
      const content = this.#skip(at + 1, end);
      if (this.#offset <= at) return this.#nothing();
      if (this.#offset < content || content === end) {
        if (this.#offset <= end) return this.#answer('value', this.#path, this.#offset, this.#offset);
        return end + 1;
      }
      at = content;
    }
    return this.#content(start, at, end, isItem);
  }

  #content(start: number, at: number, end: number, isItem: boolean): number | undefined {
    KEY.lastIndex = at;
    const key = KEY.exec(this.#text)?.[1];
    if (key === undefined) {
      const isValue = isItem || /[[{]/.test(this.#text[at] ?? '');
      const path = isValue ? this.#path : [...this.#path, this.#plain(at, end)];
      return this.#value(at, at, end, isValue ? 'value' : 'key', path, at - start);
    }
    const step = unquoted(key);
    if (this.#offset <= at + key.length) {
      this.#found = {
        role: 'key',
        path: [...this.#path, step],
        word: { start: at, end: at + key.length },
        text: step,
      };
      return undefined;
    }
    this.#frames.push({ indent: at - start, step });
    return this.#value(KEY.lastIndex, this.#skip(KEY.lastIndex, end), end, 'value', this.#path, at - start);
  }

  /** What stands behind a key or dash. @param indent Column that what continues it stands right of. */
  #value(
    from: number,
    at: number,
    end: number,
    role: Spot['role'],
    path: Path,
    indent: number,
  ): number | undefined {
    const first = this.#text[at];
    if (first === '{' || first === '[') return this.#flow(at, path, indent);
    const isScalar = first === '|' || first === '>';
    if (this.#offset > end) return isScalar ? this.#below(end + 1, indent) : end + 1;
    if (isScalar || this.#offset < from) return this.#nothing();
    const comment = first === '#' ? at : this.#comment(at, end);
    if (this.#offset > comment && comment < end) return this.#nothing();
    const word = this.#plain(at, end);
    return word === '' || first === '#'
      ? this.#answer(role, path, this.#offset, this.#offset)
      : this.#answer(role, path, at, at + word.length);
  }

  /** Passes over the lines of a block scalar. */
  #below(start: number, indent: number): number | undefined {
    let at = start;
    while (at < this.#text.length) {
      const end = this.#lineEnd(at);
      const content = this.#skip(at, end);
      if (content < end && content - at <= indent) break;
      if (this.#offset <= end) return content < end ? this.#nothing() : this.#blank(this.#offset - at);
      at = end + 1;
    }
    return at;
  }

  /** Reads `{ … }` or `[ … ]`, which may go on over lines. */
  #flow(from: number, base: Path, indent: number): number | undefined {
    const open: Bracket[] = [];
    let at = from;
    for (;;) {
      const bracket = open.at(-1);
      const path = bracket ? pathIn(bracket) : base;
      const role = bracket && bracket.closes === '}' && bracket.key === undefined ? 'key' : 'value';
      const gap = at;
      at = this.#skipGap(at);
      const line = this.#text.lastIndexOf('\n', at - 1) + 1;
      const char = this.#text[at];
      // A bracket that was not closed yet ends where the text goes back to the margin of its key.
      if (line > from && at - line <= indent && char !== bracket?.closes) return this.#lineAfter(gap);
      FLOW_WORD.lastIndex = QUOTED.lastIndex = at;
      const token = (QUOTED.exec(this.#text) ?? FLOW_WORD.exec(this.#text))?.[0] ?? '';
      const touches = token !== '' && this.#offset >= at;
      if (bracket && this.#offset >= gap && this.#offset <= at && !touches) {
        if (this.#inComment()) return this.#nothing();
        return this.#answer(role, role === 'key' ? [...path, ''] : path, this.#offset, this.#offset);
      }
      if (token !== '') {
        const end = at + token.length;
        const step = unquoted(token);
        if (this.#offset >= at && this.#offset <= end)
          return this.#answer(role, role === 'key' ? [...path, step] : path, at, end);
        if (bracket && role === 'key') bracket.key = step;
        at = end;
      } else if (char === '{' || char === '[') {
        open.push({ closes: char === '{' ? '}' : ']', path, key: undefined, index: 0 });
        at++;
      } else if (char === '}' || char === ']') {
        open.pop();
        at++;
        if (open.length > 0) continue;
        const end = this.#lineEnd(at);
        return this.#offset <= end ? this.#nothing() : end + 1;
      } else if (char === undefined) return this.#nothing();
      else {
        if (char === ',' && bracket) {
          bracket.key = undefined;
          bracket.index++;
        }
        at++;
      }
    }
  }

  #answer(role: Spot['role'], path: Path, start: number, end: number): undefined {
    const text = unquoted(this.#text.slice(start, end));
    const isEmptyKey = role === 'key' && start === end && path.at(-1) !== '';
    this.#found = { role, path: isEmptyKey ? [...path, ''] : path, word: { start, end }, text };
  }

  #nothing(): undefined {
    this.#found = undefined;
  }

  /** A key may be written at a column of an empty line. */
  #blank(column: number): undefined {
    const path = this.#frames.filter(({ indent }) => indent < column).map(({ step }) => step);
    this.#answer('key', [...path, ''], this.#offset, this.#offset);
  }

  /** Goes out of what stands at this column or right of it. @returns Index of the list item that comes next. */
  #leave(indent: number, isItem: boolean): number {
    const kept = this.#frames.filter(
      (frame) =>
        frame.indent < indent || (isItem && frame.indent === indent && typeof frame.step === 'string'),
    );
    const before = this.#frames[kept.length];
    this.#frames = kept;
    return isItem && before?.indent === indent && typeof before.step === 'number' ? before.step + 1 : 0;
  }

  get #path(): Path {
    return this.#frames.map(({ step }) => step);
  }

  #isDash(at: number, end: number): boolean {
    return this.#text[at] === '-' && (at + 1 === end || this.#text[at + 1] === ' ');
  }

  #plain(at: number, end: number): string {
    return this.#text.slice(at, this.#comment(at, end)).trimEnd();
  }

  #comment(at: number, end: number): number {
    const found = this.#text.indexOf(' #', at);
    return found < 0 || found > end ? end : found;
  }

  #inComment(): boolean {
    const start = this.#text.lastIndexOf('\n', this.#offset - 1) + 1;
    return /(?:^|\s)#/.test(this.#text.slice(start, this.#offset));
  }

  #skip(at: number, end: number): number {
    let to = at;
    while (to < end && this.#text[to] === ' ') to++;
    return to;
  }

  /** Passes over spaces, line breaks and comments. */
  #skipGap(at: number): number {
    const gap = /(?:\s|(?<=\s)#[^\n]*)*/y;
    gap.lastIndex = at;
    gap.exec(this.#text);
    return gap.lastIndex;
  }

  #lineEnd(at: number): number {
    const found = this.#text.indexOf('\n', at);
    const end = found < 0 ? this.#text.length : found;
    return end;
  }

  #lineAfter(at: number): number {
    return this.#lineEnd(at) + 1;
  }
}

const pathIn = ({ closes, path, key, index }: Bracket): Path =>
  closes === ']' ? [...path, index] : key === undefined ? path : [...path, key];

const unquoted = (word: string): string =>
  /^["']/.test(word) ? word.slice(1, word.length > 1 && word.endsWith(word[0] ?? '') ? -1 : undefined) : word;
