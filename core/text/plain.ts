import type { Path, Range } from './nodes.ts';

/** One key and its value, read without the parser of YAML. */
export interface Plain {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: unknown;
}

/** Ranges of a key and of its value, which for a list item are the same; missing where only the parser can tell. */
export interface Places {
  readonly key: Range | undefined;
  readonly value: Range | undefined;
}

/** Characters of a stretch that is read here; the limit on the number of elements cannot be reached in fewer. */
const LONGEST = 50_000;
const DEEPEST = 30;

/**
 * Reads a stretch of text that holds one key, if it is laid out as designs are by and large: block maps and lists, flow
 * maps and lists on one line, words on one line. The parser of YAML takes more than ten times as long.
 * @returns `undefined` for all that needs the parser: errors, anchors, tags, block scalars, escapes, rare numbers.
 */
export function readPlain(text: string): Plain | undefined {
  if (text.length > LONGEST || UNUSUAL.test(text)) return undefined;
  try {
    return new Reader(text, undefined).read();
  } catch (error) {
    if (error === BEYOND) return undefined;
    throw error;
  }
}

/**
 * Where the key or list item at a path below the key of a text stands, for a text that {@link readPlain} can read.
 * @returns `undefined` where nothing stands there.
 */
export function placesIn(text: string, path: Path): Places | undefined {
  const wanted: Wanted = { path: path.map((step) => `\n${step}`).join(''), places: undefined };
  new Reader(text, wanted).read();
  return wanted.places;
}

/** A path below the only key, its steps each behind a line break, and what stands there. */
interface Wanted {
  readonly path: string;
  places: Places | undefined;
}

/** Thrown for what needs the parser. One object, since it is slow to make an error. */
const BEYOND = new Error('This text needs the parser of YAML.');

/** Tabs, control characters, byte order marks, and the line breaks of old systems. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNUSUAL = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f\ufeff]|\r(?!\n)/;
const KEY = /[A-Za-z_][\w./$-]{0,200}:(?=[ \r\n]|$)/y;
const ITEM = /-(?=[ \r\n]|$)/y;
const NO_KEY = /^(?:null|true|false|__proto__)$/i;
const QUOTED = /"[^"\\\r\n]*"|'[^'\r\n]*'(?!')/y;
/** Words that hold nothing with a meaning, and the end of what they are: most. */
const SIMPLE = /[A-Za-z0-9_][\w./+-]*(?=\r?\n|$)/y;
const SIMPLE_IN_FLOW = /[A-Za-z0-9_][\w./+-]*(?= *[,\]}])/y;
const FLOW_WORD = /[^,[\]{}#\r\n]*/y;
/** Characters that mean something else at the start of a word. */
const NO_WORD = /^(?:[\s,[\]{}#&*!|>'"%@`?:]|-(?![\w.]))/;
const SIMPLE_NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;
/** All numbers of the core schema. https://yaml.org/spec/1.2.2/#1032-tag-resolution */
const NUMBER =
  /^(?:[-+]?(?:\.\d+|\d+\.?\d*)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[\da-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const NULL = /^(?:~|[Nn]ull|NULL)$/;
const TRUE = /^(?:[Tt]rue|TRUE)$/;
const FALSE = /^(?:[Ff]alse|FALSE)$/;

const SPACE = 32;
const NEWLINE = 10;
const RETURN = 13;
const HASH = 35;
/** The first code that no number begins with. */
const LETTERS = 58;
/** Indentation behind the last line. */
const END = -1;

class Reader {
  readonly #text: string;
  readonly #wanted: Wanted | undefined;
  #at = 0;
  /** Column of the content that comes next. */
  #indent = END;
  #depth = 0;
  /** Where the value stands that was read last, unless it is a block or nothing. */
  #value: Range | undefined;

  constructor(text: string, wanted: Wanted | undefined) {
    this.#text = text;
    this.#wanted = wanted;
  }

  read(): Plain {
    this.#toContent();
    const start = this.#at;
    const key = this.#key();
    const value = this.#below('', this.#indent, true);
    if (this.#indent !== END && !this.#wanted) throw BEYOND;
    const keyRange = { start, end: start + key.length };
    this.#found('', keyRange);
    return { key, keyRange, value };
  }

  /** A map in block style whose first key comes next. */
  #map(indent: number, path: string): Record<string, unknown> {
    this.#deeper();
    const map: Record<string, unknown> = {};
    if (this.#wanted && path === '') this.#toStep(indent, this.#wanted.path);
    do {
      const start = this.#at;
      const key = this.#newKey(map);
      const end = start + key.length;
      const below = this.#wanted ? `${path}\n${key}` : '';
      map[key] = this.#leadsTo(below) ? this.#below(below, indent, true) : this.#skip(indent);
      if (this.#wanted) this.#found(below, { start, end });
    } while (this.#indent === indent && !this.#wanted?.places);
    if (this.#indent > indent && !this.#wanted) throw BEYOND;
    this.#depth--;
    return map;
  }

  /** To the first step of a path, where it stands: all keys in the column of the first are of one map. */
  #toStep(indent: number, path: string): void {
    const step = path.split('\n', 2)[1];
    const line = this.#text.indexOf(`\n${' '.repeat(indent)}${step}:`, this.#at - indent - 1);
    if (line >= 0) this.#at = line + 1 + indent;
  }

  /** Whether what is wanted stands at a path or below it. */
  #leadsTo(path: string): boolean {
    if (!this.#wanted) return true;
    const { path: wanted } = this.#wanted;
    return wanted.startsWith(path) && (wanted.length === path.length || wanted[path.length] === '\n');
  }

  /** From a key to the content behind its value, in a text that has been read before. */
  #skip(indent: number): undefined {
    do {
      this.#at = this.#nextLine();
      this.#toContent();
    } while (this.#indent > indent || (this.#indent === indent && this.#startsItem()));
  }

  /** A key that a map does not have yet; what every object has is no such key either. */
  #newKey(map: Readonly<Record<string, unknown>>): string {
    const key = this.#key();
    if (map[key] !== undefined) throw BEYOND;
    return key;
  }

  /** Takes note of a key or list item whose value was read last. */
  #found(path: string, key: Range | undefined): void {
    if (this.#wanted?.path === path) this.#wanted.places = { key, value: this.#value };
  }

  #list(indent: number, path: string): unknown[] {
    this.#deeper();
    const list: unknown[] = [];
    while (this.#indent === indent && this.#startsItem()) {
      const dash = this.#at++;
      this.#skipSpaces();
      const below = this.#wanted ? `${path}\n${list.length}` : '';
      if (this.#startsKey()) {
        this.#indent += this.#at - dash;
        list.push(this.#map(this.#indent, below));
        this.#value = undefined;
      } else list.push(this.#below(below, indent, false));
      this.#found(below, this.#value);
    }
    if (this.#indent > indent && !this.#wanted) throw BEYOND;
    this.#depth--;
    return list;
  }

  /**
   * What stands behind a key or dash, on its line or below; then the next content is looked for.
   * @param isKey A list may stand in the column of its key.
   */
  #below(path: string, indent: number, isKey: boolean): unknown {
    this.#skipSpaces();
    if (!this.#isLineEnd()) {
      const value = this.#inline(path, false);
      const range = this.#value;
      this.#endLine();
      if (this.#indent > indent) throw BEYOND;
      this.#value = range;
      return value;
    }
    this.#endLine();
    const isList = this.#startsItem();
    const value =
      isList && (this.#indent > indent || (isKey && this.#indent === indent))
        ? this.#list(this.#indent, path)
        : this.#indent > indent
          ? this.#map(this.#indent, path)
          : null;
    this.#value = undefined;
    return value;
  }

  /** A value on one line. */
  #inline(path: string, inFlow: boolean): unknown {
    const start = this.#at;
    const first = this.#text[start];
    const value =
      first === '{'
        ? this.#flowMap(path)
        : first === '['
          ? this.#flowList(path)
          : first === '"' || first === "'"
            ? this.#quoted()
            : scalar(this.#word(inFlow));
    this.#value = { start, end: this.#at };
    return value;
  }

  #flowMap(path: string): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    this.#open();
    while (!this.#closes('}')) {
      const start = this.#at;
      const key = this.#newKey(map);
      const end = start + key.length;
      const below = this.#wanted ? `${path}\n${key}` : '';
      if (this.#text.charCodeAt(this.#at) !== SPACE) throw BEYOND;
      this.#skipSpaces();
      map[key] = this.#inline(below, true);
      if (this.#wanted) this.#found(below, { start, end });
      this.#separate('}');
    }
    return map;
  }

  #flowList(path: string): unknown[] {
    const list: unknown[] = [];
    this.#open();
    while (!this.#closes(']')) {
      const below = this.#wanted ? `${path}\n${list.length}` : '';
      list.push(this.#inline(below, true));
      this.#found(below, this.#value);
      this.#separate(']');
    }
    return list;
  }

  /** From an opening bracket to what it holds. */
  #open(): void {
    this.#deeper();
    this.#at++;
    this.#skipSpaces();
  }

  /** Whether a closing bracket comes next; then it is passed. */
  #closes(bracket: string): boolean {
    if (this.#text[this.#at] !== bracket) return false;
    this.#at++;
    this.#depth--;
    return true;
  }

  /** From an item to the next one, or to the bracket. */
  #separate(bracket: string): void {
    this.#skipSpaces();
    if (this.#text[this.#at] === ',') {
      this.#at++;
      this.#skipSpaces();
    } else if (this.#text[this.#at] !== bracket) throw BEYOND;
  }

  /** A plain word: in flow style up to the next sign, in block style up to a comment or the end of the line. */
  #word(inFlow: boolean): string {
    const start = this.#at;
    const simple = inFlow ? SIMPLE_IN_FLOW : SIMPLE;
    simple.lastIndex = start;
    if (simple.test(this.#text)) {
      this.#at = simple.lastIndex;
      return this.#text.slice(start, this.#at);
    }
    FLOW_WORD.lastIndex = this.#at;
    const rest = inFlow
      ? (FLOW_WORD.exec(this.#text)?.[0] ?? '')
      : this.#text.slice(this.#at, this.#lineEnd());
    const comment = inFlow ? -1 : rest.indexOf(' #');
    const written = comment < 0 ? rest : rest.slice(0, comment);
    const word = written.endsWith(' ') ? written.replace(/ +$/, '') : written;
    if (word === '' || NO_WORD.test(word) || word.includes(': ') || word.endsWith(':')) throw BEYOND;
    this.#at += word.length;
    return word;
  }

  #quoted(): string {
    QUOTED.lastIndex = this.#at;
    const quoted = QUOTED.exec(this.#text)?.[0];
    if (quoted === undefined) throw BEYOND;
    this.#at += quoted.length;
    return quoted.slice(1, -1);
  }

  #key(): string {
    KEY.lastIndex = this.#at;
    if (!KEY.test(this.#text)) throw BEYOND;
    const key = this.#text.slice(this.#at, KEY.lastIndex - 1);
    if (key.length < 10 && NO_KEY.test(key)) throw BEYOND;
    this.#at = KEY.lastIndex;
    return key;
  }

  #startsKey(): boolean {
    KEY.lastIndex = this.#at;
    return KEY.test(this.#text);
  }

  #startsItem(): boolean {
    ITEM.lastIndex = this.#at;
    return ITEM.test(this.#text);
  }

  #deeper(): void {
    if (++this.#depth > DEEPEST) throw BEYOND;
  }

  #skipSpaces(): void {
    while (this.#text.charCodeAt(this.#at) === SPACE) this.#at++;
  }

  /** Whether nothing but a comment stands on the rest of the line. */
  #isLineEnd(): boolean {
    const next = this.#text.charCodeAt(this.#at);
    return (
      Number.isNaN(next) ||
      next === NEWLINE ||
      next === RETURN ||
      (next === HASH && this.#text.charCodeAt(this.#at - 1) === SPACE)
    );
  }

  #lineEnd(): number {
    const at = this.#text.indexOf('\n', this.#at);
    if (at < 0) return this.#text.length;
    return this.#text.charCodeAt(at - 1) === RETURN ? at - 1 : at;
  }

  #nextLine(): number {
    const at = this.#text.indexOf('\n', this.#at);
    return at < 0 ? this.#text.length : at + 1;
  }

  /** Ends a line, on which there may be nothing more but a comment. */
  #endLine(): void {
    this.#skipSpaces();
    if (!this.#isLineEnd()) throw BEYOND;
    this.#at = this.#nextLine();
    this.#toContent();
  }

  /** From the start of a line to the next content. */
  #toContent(): void {
    for (;;) {
      const start = this.#at;
      if (start >= this.#text.length) {
        this.#indent = END;
        return;
      }
      this.#skipSpaces();
      if (!this.#isLineEnd() && this.#text.charCodeAt(this.#at) !== HASH) {
        this.#indent = this.#at - start;
        return;
      }
      this.#at = this.#nextLine();
    }
  }
}

/** The value of a plain word in the core schema. */
function scalar(word: string): unknown {
  const first = word.charCodeAt(0);
  if (first < LETTERS) {
    if (SIMPLE_NUMBER.test(word)) return Number(word);
    if (NUMBER.test(word)) throw BEYOND;
    return word;
  }
  if (word.length > 5) return word;
  if (TRUE.test(word)) return true;
  if (FALSE.test(word)) return false;
  return NULL.test(word) ? null : word;
}
