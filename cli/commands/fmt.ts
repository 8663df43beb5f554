import { migrate } from '../../core/migrations/migrate.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { canonical } from '../../core/text/canonical.ts';
import { applyEdits } from '../../core/text/compose.ts';
import { load } from '../../core/text/load.ts';
import { readDesign, writeAtomic } from '../../disk/index.ts';
import { type Exit, exit } from '../exit.ts';
import { type Io, type Located, visible } from '../io.ts';
import { parseDesign } from '../open.ts';

interface Options {
  readonly check?: boolean;
}

interface Outcome {
  readonly file: string;
  readonly changed: boolean;
}

/** Puts designs into canonical order, in the present format. With `--check` it only says which are not. */
export async function run(io: Io, files: readonly string[], { check = false }: Options): Promise<Exit> {
  const outcomes: Outcome[] = [];
  const problems: Located[] = [];
  for (const file of files) {
    const result = await format(file, check);
    if (result.ok) outcomes.push(result.value);
    else problems.push(...result.error);
  }
  if (problems.length > 0 && io.json) return io.fail(problems);
  const changed = outcomes.filter((outcome) => outcome.changed);
  if (io.json) io.document({ files: outcomes });
  else if (check) for (const { file } of changed) io.result(visible(file));
  else for (const { file } of changed) io.note(`${visible(file)}: put into canonical order`);
  if (problems.length > 0) return io.fail(problems);
  return check && changed.length > 0 ? exit.findings : exit.ok;
}

async function format(file: string, check: boolean): Promise<Result<Outcome, readonly Located[]>> {
  const read = await readDesign(file);
  if (!read.ok) return fail([read.error]);
  const text = formatted(file, read.value);
  if (!text.ok) return text;
  const changed = text.value !== read.value;
  if (changed && !check) {
    const written = await writeAtomic(file, text.value);
    if (!written.ok) return fail([written.error]);
  }
  return ok({ file, changed });
}

/** The text of a design in canonical order; what is not a design in the end is refused. */
function formatted(file: string, text: string): Result<string, readonly Located[]> {
  const { conflict } = load(text);
  const merged = conflict ? applyEdits(text, conflict.resolution) : text;
  const { source, problems } = load(merged);
  if (!source || source.misread.length > 0) return fail(problems.map((problem) => ({ ...problem, file })));
  const migrated = migrate(source);
  if (!migrated.ok) return fail([{ ...migrated.error, file }]);
  const opened = parseDesign(file, applyEdits(merged, migrated.value));
  if (!opened.ok) return opened;
  const result = canonical(opened.value.source);
  return result.ok ? result : fail([{ ...result.error, file }]);
}
