import { fail, ok, type Problem, type Result } from '../result.ts';
import { applyEdits, composeEdits } from '../text/compose.ts';
import { editText } from '../text/edit.ts';
import { FORMAT } from '../text/format.ts';
import { parse } from '../text/parse.ts';
import type { TextEdit } from '../text/patch.ts';
import { isRecord } from '../text/render.ts';
import type { SourceMap } from '../text/source.ts';
import type { Migration } from './migration.ts';
import { migrations } from './registry.ts';

/**
 * Brings a file of an older format up to date.
 * @returns The edits of its text; none for a file of the present format, or a newer one.
 */
export function migrate(
  source: SourceMap,
  known: readonly Migration[] = migrations,
  target: number = FORMAT,
): Result<readonly TextEdit[], Problem> {
  let current = source;
  let edits: readonly TextEdit[] = [];
  for (;;) {
    const { value } = current;
    const format = isRecord(value) ? value['brokerloom'] : undefined;
    if (!isRecord(value) || typeof format !== 'number' || format >= target) return ok(edits);
    const migration = known.find(({ from }) => from === format);
    if (!migration) return fail(unknownFormat(current, format));
    const step = editText(current, [
      ...migration.patches(value),
      { op: 'set', path: ['brokerloom'], value: format + 1 },
    ]);
    if (!step.ok) return step;
    edits = composeEdits(source.text, edits, step.value);
    current = parse(applyEdits(current.text, step.value), source.cache);
  }
}

function unknownFormat(source: SourceMap, format: number): Problem {
  const at = source.locate(['brokerloom']);
  return {
    code: 'LOOM_FORMAT',
    message: `There is no format ${format} of design files.`,
    hint: `Write \`brokerloom: ${FORMAT}\`.`,
    ...(at ? { at } : {}),
  };
}
