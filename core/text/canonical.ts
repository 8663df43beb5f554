import { isMap, type YAMLMap } from 'yaml';
import { designAttributes } from '../kinds/design/index.ts';
import { kinds, type Section, sections } from '../kinds/registry.ts';
import { fail, ok, type Problem, type Result } from '../result.ts';
import { sameValue } from './apply.ts';
import { applyEdits } from './compose.ts';
import { parse } from './parse.ts';
import type { TextEdit } from './patch.ts';
import { reorder } from './reorder.ts';
import type { SourceMap } from './source.ts';

/**
 * Puts a design into canonical order: sections, and the attributes of every element, as the registry of kinds has them,
 * positions by address. Elements stay in the order of their author. Comments move with what they stand above or behind;
 * nothing else changes, so a text in canonical order is returned as it is.
 */
export function canonical(source: SourceMap): Result<string, Problem> {
  let current = source;
  for (const pass of [attributeEdits, layoutEdits, sectionEdits])
    current = parse(applyEdits(current.text, pass(current)));
  const kept = current.misread.length === 0 && !current.limit && sameValue(current.value, source.value);
  return kept
    ? ok(current.text)
    : fail({
        code: 'LOOM_UNSUPPORTED',
        message: 'The file cannot be put into canonical order without changing what it says.',
        hint: 'Write out its aliases: one of them would stand before its anchor.',
      });
}

function attributeEdits(source: SourceMap): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const section of sections) {
    const rank = ranks(Object.keys(kinds[section].attributes));
    for (const map of elementsOf(source, section)) edits.push(...reorder(source.text, map, rank));
  }
  const design = source.node(['design']);
  if (isMap(design)) edits.push(...reorder(source.text, design, ranks(Object.keys(designAttributes))));
  return edits.sort((a, b) => a.offset - b.offset);
}

function* elementsOf(source: SourceMap, section: Section): Generator<YAMLMap> {
  const node = source.node([section]);
  if (isMap(node)) for (const { value } of node.items) if (isMap(value)) yield value;
}

function layoutEdits(source: SourceMap): TextEdit[] {
  const layout = source.node(['layout']);
  if (!isMap(layout)) return [];
  const keys = layout.items.map(({ key }) => String(key)).sort();
  return reorder(source.text, layout, ranks(keys));
}

/** Keys that are no sections stand before the layout, which is last. */
function sectionEdits(source: SourceMap): TextEdit[] {
  const root = source.node([]);
  const known = ranks(['brokerloom', 'design', ...sections]);
  return isMap(root)
    ? reorder(source.text, root, (key) => (key === 'layout' ? Number.POSITIVE_INFINITY : known(key)))
    : [];
}

/** The place of a key; unknown ones come behind the others, in the order they have. */
function ranks(order: readonly string[]): (key: string) => number {
  const index = new Map(order.map((key, i) => [key, i]));
  return (key) => index.get(key) ?? order.length;
}
