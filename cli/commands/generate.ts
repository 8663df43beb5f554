import { review } from '../../core/review/review.ts';
import { applyWrite, isStale, planWrite, type WritePlan } from '../../disk/index.ts';
import { generate } from '../../generators/index.ts';
import { type Exit, exit } from '../exit.ts';
import { planDiff } from '../generate/diff.ts';
import { planSummary, planValue } from '../generate/summary.ts';
import { type Io, type Located, visible } from '../io.ts';
import { type OpenDesign, openDesign } from '../open.ts';
import { Settings } from '../review/settings.ts';
import { version } from '../version.ts';

interface Options {
  readonly out: string;
  readonly dryRun?: boolean;
  readonly check?: boolean;
}

/**
 * Writes the workspace of a design, or with `--dry-run` and `--check` says what it would write. Nothing is written when
 * the design cannot be generated as it stands.
 */
export async function run(io: Io, file: string, options: Options): Promise<Exit> {
  const opened = await openDesign(file);
  if (!opened.ok) return io.fail(opened.error);
  const tree = generate(opened.value.design);
  if (!tree.ok) return io.fail(tree.error.map((problem) => ({ ...located(opened.value, problem), file })));
  await noteFindings(io, file, opened.value);

  const plan = await planWrite(options.out, tree.value, { generator: version, design: file });
  if (!plan.ok) return io.fail(plan.error);
  const readOnly = options.dryRun || options.check;
  if (!readOnly) {
    const written = await applyWrite(plan.value);
    if (!written.ok) return io.fail(written.error);
  }
  print(io, plan.value, options);
  if (options.check) return isStale(plan.value) ? exit.findings : exit.ok;
  return plan.value.changes.some(({ status }) => status === 'conflict') ? exit.findings : exit.ok;
}

function print(io: Io, plan: WritePlan, { out, dryRun, check }: Options): void {
  if (io.json) io.document(planValue(plan));
  else if (dryRun) io.result(planDiff(plan, io.style, io.show));
  io.note(planSummary(plan, out, io.style, check ? 'check' : dryRun ? 'dry-run' : 'write'));
}

/** Gives a problem of an element the place of that element. */
function located({ source }: OpenDesign, problem: Located): Located {
  if (problem.at || !problem.element) return problem;
  const slash = problem.element.indexOf('/');
  const at = source.locate([problem.element.slice(0, slash), problem.element.slice(slash + 1)]);
  return at ? { ...problem, at } : problem;
}

/** Findings do not keep a design from being generated, but nobody should overlook them. */
async function noteFindings(io: Io, file: string, opened: OpenDesign): Promise<void> {
  const options = await new Settings(undefined).optionsFor(file);
  const { error, warn } = review(opened, options.ok ? options.value : {}).counts;
  if (error + warn === 0) return;
  const text = `Review: ${error} ${error === 1 ? 'error' : 'errors'}, ${warn} ${warn === 1 ? 'warning' : 'warnings'}.`;
  io.note(`${io.style.yellow(text)} See: brokerloom lint ${visible(file)}`);
}
