import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
  YAMLParseError,
} from 'yaml';
import type { Problem } from '../result.ts';
import { limits, type Scan, scan } from './limits.ts';
import { keyText, type Path, placesBelow, type Range, rangeOf } from './nodes.ts';
import { type Places, type Plain, placesIn, readPlain } from './plain.ts';

/**
 * A text, or a stretch of one, that was read alone. Ranges count from its own start. Its tree of nodes is made only when
 * somebody needs it: to read a design laid out in the common way takes no parser.
 */
export class Part {
  readonly text: string;
  readonly #plain: Plain | undefined;
  /** What the check of its value has said; equal texts of one section are one part. */
  checked: unknown;
  #scan: Scan | undefined;
  #parsed: Parsed | undefined;
  #value: { readonly value: unknown } | undefined;
  /** What was asked for last: who asks for a key asks for its value next. */
  #places: { readonly asked: Path; readonly places: Places | undefined } | undefined;

  constructor(text: string) {
    this.text = text;
    this.#plain = readPlain(text);
  }

  get #tree(): Parsed {
    this.#parsed ??= parsed(this.text, this.#scanned.limit);
    return this.#parsed;
  }

  get #scanned(): Scan {
    this.#scan ??= scan(this.text);
    return this.#scan;
  }

  get document(): Document.Parsed {
    return this.#tree.document;
  }

  /** Whether it is laid out in the common way: short, without escapes, its numbers exact and its keys words. */
  get isCommon(): boolean {
    return this.#plain !== undefined;
  }

  /** Words and signs that the parser of YAML must read. */
  get tokens(): number {
    return this.#plain ? 0 : this.#scanned.tokens;
  }

  /** Why the text was not parsed at all. */
  get limit(): Problem | undefined {
    return this.#plain ? undefined : this.#tree.limit;
  }

  get errors(): readonly YAMLError[] {
    return this.#plain ? [] : this.#tree.errors;
  }

  /** The pairs of the map in the text. */
  get pairs(): readonly Pair[] {
    const { contents } = this.document;
    return isMap(contents) ? contents.items : [];
  }

  /** The only key of the text, when one key is all it holds. */
  get key(): string | undefined {
    if (this.#plain) return this.#plain.key;
    const { contents } = this.document;
    const isSingle =
      isMap(contents) && !contents.flow && contents.items.length === 1 && !contents.anchor && !contents.tag;
    const pair = isSingle ? contents.items[0] : undefined;
    return pair && isScalar(pair.key) ? keyText(pair) : undefined;
  }

  get keyRange(): Range | undefined {
    return this.#plain ? this.#plain.keyRange : rangeOf(this.pairs[0]?.key);
  }

  /** Ranges of a key or list item below the only key and of its value; `undefined` where nothing stands there. */
  places(path: Path): Places | undefined {
    if (!this.#places || !isSame(this.#places.asked, path))
      this.#places = { asked: path, places: this.#placesOf(path) };
    return this.#places.places;
  }

  #placesOf(path: Path): Places | undefined {
    const known = this.#plain && placesIn(this.text, path);
    if (this.#plain && (!known || (known.key && known.value))) return known;
    return placesBelow(this.pairs[0], path);
  }

  /**
   * The value of the only key.
   * @throws ReferenceError where it uses aliases too often.
   */
  valueAt(key: string): unknown {
    return this.#plain ? this.#plain.value : (this.value as Readonly<Record<string, unknown>>)[key];
  }

  /**
   * The value of the text.
   * @throws ReferenceError where it uses aliases too often.
   */
  get value(): unknown {
    if (this.#plain) {
      const { key, value } = this.#plain;
      this.#value ??= { value: { [key]: value } };
    }
    this.#value ??= { value: this.document.toJS({ maxAliasCount: limits.aliases }) };
    return this.#value.value;
  }
}

const isSame = (a: Path, b: Path): boolean =>
  a.length === b.length && a.every((step, index) => step === b[index]);

interface Parsed {
  readonly document: Document.Parsed;
  readonly errors: readonly YAMLError[];
  readonly limit: Problem | undefined;
}

function parsed(text: string, limit: Problem | undefined): Parsed {
  // Duplicate keys are looked for below: the parser compares every key with every other.
  const options = { prettyErrors: false, strict: true, uniqueKeys: false };
  const document = parseDocument(limit ? '' : text, options) as Document.Parsed;
  const { errors, warnings } = document;
  const said = [...errors, ...warnings.filter((warning) => !isHarmless(warning))];
  return { document, errors: said.length > 0 ? said : ownErrors(document), limit };
}

/** A closing bracket below its key, as in JSON: YAML 1.2 wants it indented, every reader takes it. */
const isHarmless = (warning: YAMLError): boolean =>
  warning.code === 'BAD_INDENT' && warning.message.startsWith('Flow end indicator');

/**
 * What the parser lets pass: keys that stand twice in one map, merge keys, which would silently be taken for
 * attributes, and aliases of nothing or of what they stand in.
 */
function ownErrors(document: Document.Parsed): YAMLError[] {
  const found: YAMLError[] = [];
  const anchors = new Set<string>();
  visit(document, {
    Node: (_, node, path) => {
      if (isMap(node)) found.push(...duplicates(node));
      if (!isAlias(node)) {
        if (node.anchor) anchors.add(node.anchor);
      } else if (!anchors.has(node.source)) {
        found.push(errorAt(node.range, 'BAD_ALIAS', `The alias *${node.source} has no anchor before it`));
      } else if (path.some((above) => isNode(above) && 'anchor' in above && above.anchor === node.source)) {
        found.push(errorAt(node.range, 'BAD_ALIAS', `The alias *${node.source} stands for itself`));
      }
    },
  });
  return found;
}

function duplicates(map: YAMLMap): YAMLError[] {
  const seen = new Set<string>();
  const found: YAMLError[] = [];
  for (const { key } of map.items) {
    if (!isScalar(key)) continue;
    const text = String(key.value);
    if (seen.has(text)) found.push(duplicateKey(key.range));
    else if (text === '<<' && key.type === 'PLAIN') found.push(errorAt(key.range, 'IMPOSSIBLE', MERGE));
    seen.add(text);
  }
  return found;
}

export const duplicateKey = (range: readonly number[] | null | undefined): YAMLError =>
  errorAt(range, 'DUPLICATE_KEY', 'Map keys must be unique');

const MERGE =
  'The merge key << is not part of YAML 1.2 and would have no effect; write the attributes out, or give them to a policy that the elements share.';

const errorAt = (
  range: readonly number[] | null | undefined,
  code: YAMLError['code'],
  message: string,
): YAMLError => new YAMLParseError([range?.[0] ?? 0, range?.[1] ?? 0], code, message);
