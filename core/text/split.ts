/** A stretch of a text `[start, end)` that reads the same alone as in its place. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** One key of the document with everything below it. */
export interface Block extends Stretch {
  /** The key, if it is a plain word with nothing behind it. */
  readonly key: string | undefined;
  /**
   * Entries of a section, each with the comments and blank lines behind it; then the block itself is read up to the
   * first of them only.
   */
  readonly entries: readonly Stretch[];
}

interface Line {
  readonly start: number;
  readonly indent: number;
  /** Text behind the indentation, without the line break. */
  readonly content: string;
}

/**
 * Splits a document at its keys, and the sections among them at the keys of their entries, without parsing it. YAML
 * allows that wherever keys are in block style, since nothing that belongs to a key may stand at its column or left of
 * it, but list items and closing brackets.
 * @param isSection Which keys hold entries.
 * @returns `undefined` when the text is laid out in another way; then only a parse of the whole knows.
 */
export function splitDocument(text: string, isSection: (key: string) => boolean): Block[] | undefined {
  const splitter = new Splitter(text, isSection);
  for (let at = text.startsWith('\ufeff') ? 1 : 0, next = 0; at < text.length; at = next) {
    const found = text.indexOf('\n', at);
    next = found < 0 ? text.length : found + 1;
    const end = found < 0 ? text.length : text[found - 1] === '\r' ? found - 1 : found;
    let first = at;
    while (text.charCodeAt(first) === SPACE) first++;
    // Most lines lie within an entry, and need not be cut out.
    if (first >= end || splitter.isWithin(first - at, text.charCodeAt(first))) continue;
    if (!splitter.take({ start: at, indent: first - at, content: text.slice(first, end) })) return undefined;
  }
  return splitter.finish();
}

const SPACE = 32;
const [TAB, HASH, COLON, QUESTION] = [9, 35, 58, 63];

class Splitter {
  readonly #text: string;
  readonly #isSection: (key: string) => boolean;
  readonly #blocks: { key: string | undefined; start: number; starts: number[] }[] = [];
  /** Whether the current block is a section in block style, as far as can be seen. */
  #open = false;
  #column: number | undefined;

  constructor(text: string, isSection: (key: string) => boolean) {
    this.#text = text;
    this.#isSection = isSection;
  }

  /** Whether a line is a comment, or belongs to what stands above it, as far as its first character tells. */
  isWithin(indent: number, first: number): boolean {
    if (first === HASH) return true;
    if (first === TAB || first === COLON || first === QUESTION || this.#blocks.length === 0) return false;
    return this.#open ? this.#column !== undefined && indent > this.#column : indent > 0;
  }

  /** @returns Whether the text can still be split. */
  take({ start, indent, content }: Line): boolean {
    if (content.startsWith('\t') || SPECIAL.test(content)) return false;
    if (indent === 0) return this.#takeKey(start, content);
    if (this.#blocks.length === 0) return false;
    if (!this.#open) return true;
    if (this.#column === undefined && content.startsWith('-')) {
      this.#open = false;
      return true;
    }
    this.#column ??= indent;
    if (indent === this.#column && !CONTINUES.test(content)) {
      this.#blocks.at(-1)?.starts.push(start);
      return KEY.test(content);
    }
    return indent >= this.#column;
  }

  #takeKey(start: number, content: string): boolean {
    if (CONTINUES.test(content)) {
      this.#open = false;
      return this.#blocks.length > 0 && this.#column === undefined;
    }
    if (MARKER.test(content) || !KEY.test(content)) return false;
    // What stands above the first key, comments and a byte order mark, goes with it.
    const key = SECTION.exec(content)?.[1];
    this.#blocks.push({ key, start: this.#blocks.length === 0 ? 0 : start, starts: [] });
    this.#open = key !== undefined && this.#isSection(key);
    this.#column = undefined;
    return true;
  }

  finish(): Block[] | undefined {
    if (this.#blocks.length === 0) return undefined;
    return this.#blocks.map(({ key, start, starts }, index) => {
      const end = this.#blocks[index + 1]?.start ?? this.#text.length;
      return {
        key,
        start,
        end,
        entries: starts.map((from, i) => ({ start: from, end: starts[i + 1] ?? end })),
      };
    });
  }
}

/** Explicit keys and their values, whose colon stands on a line of its own. */
const SPECIAL = /^[?:](?:\s|$)/;
/** Lines at the column of a key that belong to the key above. */
const CONTINUES = /^(?:[\]}]|-(?:\s|$))/;
/** Keys that begin with themselves; an anchor or tag could be that of the map around them. */
const KEY = /^[\w"'.$/<-]/;
/** Borders between documents. */
const MARKER = /^(?:---|\.\.\.)/;
/** A key with nothing behind it but a comment; a return that ends no line is something else. */
const SECTION = /^([A-Za-z]+):[ \t]*(?:[ \t]#.*)?$/;
