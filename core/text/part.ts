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
import { checkDepth, limits } from './limits.ts';

/** A text, or a stretch of one, that was parsed alone. Ranges count from its own start. */
export class Part {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly errors: readonly YAMLError[];
  /** Why the text was not parsed at all. */
  readonly limit: Problem | undefined;
  #value: { readonly value: unknown } | undefined;

  constructor(text: string) {
    this.text = text;
    this.limit = checkDepth(text);
    // Duplicate keys are looked for below: the parser compares every key with every other.
    const options = { prettyErrors: false, strict: true, uniqueKeys: false };
    this.document = parseDocument(this.limit ? '' : text, options) as Document.Parsed;
    const { errors, warnings } = this.document;
    const said = [...errors, ...warnings.filter((warning) => !isHarmless(warning))];
    this.errors = said.length > 0 ? said : ownErrors(this.document);
  }

  /** The pairs of the map in the text. */
  get pairs(): readonly Pair[] {
    const { contents } = this.document;
    return isMap(contents) ? contents.items : [];
  }

  /** The only pair of the text, when that is all it holds. */
  get single(): Pair | undefined {
    const { contents } = this.document;
    return isMap(contents) &&
      !contents.flow &&
      contents.items.length === 1 &&
      !contents.anchor &&
      !contents.tag
      ? contents.items[0]
      : undefined;
  }

  /**
   * The value of the text.
   * @throws ReferenceError where it uses aliases too often.
   */
  get value(): unknown {
    this.#value ??= { value: this.document.toJS({ maxAliasCount: limits.aliases }) };
    return this.#value.value;
  }
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
