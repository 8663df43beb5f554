import { isAbsolute, relative } from 'node:path';
import { fail, ok, type Result } from '../../core/result.ts';
import { applyFixes, type Extent } from '../../core/review/fix.ts';
import type { ReviewedFile } from '../../core/review/formats/format.ts';
import { formats } from '../../core/review/formats/index.ts';
import { jsonParts } from '../../core/review/formats/json.ts';
import { withoutKnown } from '../../core/review/known.ts';
import { type ReviewOptions, review } from '../../core/review/review.ts';
import { type Severity, severities } from '../../core/review/rule.ts';
import { applyEdits } from '../../core/text/compose.ts';
import { writeAtomic } from '../../disk/index.ts';
import { docsBase } from '../docs.ts';
import { type Exit, exit } from '../exit.ts';
import { type Io, type Located, visible } from '../io.ts';
import { openDesign, parseDesign } from '../open.ts';
import { filesNamed } from '../review/inputs.ts';
import { BaselineFile, knownAt } from '../review/known.ts';
import { Settings } from '../review/settings.ts';
import { tuneForOneRun } from '../review/tuning.ts';
import { ownDocs, version } from '../version.ts';

interface Options {
  readonly format: keyof typeof formats;
  readonly fix?: boolean;
  readonly fixSuggested?: boolean;
  readonly failOn: Severity;
  readonly config?: string;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  /** A file or git revision; only what its review does not find is reported. */
  readonly diff?: string;
  /** URL of the published documentation. */
  readonly docsBase?: string;
}

type Review = Result<ReviewedFile, readonly Located[]>;

/** Reviews designs. A file that cannot be read does not keep the others from being reviewed. */
export async function run(io: Io, args: readonly string[], options: Options): Promise<Exit> {
  tuneForOneRun();
  const { baseline: path, updateBaseline = false } = options;
  if (updateBaseline && path === undefined) return io.fail([UPDATE_WHAT]);
  const docs = options.docsBase === undefined ? ok(undefined) : docsBase(options.docsBase);
  if (!docs.ok) return io.fail([docs.error]);
  const files = await filesNamed(args);
  if (!files.ok) return io.fail(files.error);
  const baseline = path === undefined ? undefined : await BaselineFile.open(path, updateBaseline);
  if (baseline && !baseline.ok) return io.fail(baseline.error);

  const settings = new Settings(options.config);
  const reviewed: ReviewedFile[] = [];
  const problems: Located[] = [];
  for (const file of files.value) {
    const result = await reviewOf(io, file, settings, options, updateBaseline ? undefined : baseline?.value);
    if (result.ok) reviewed.push(result.value);
    else problems.push(...result.error);
  }
  if (problems.length > 0 && (io.json || updateBaseline)) return io.fail(problems);
  if (updateBaseline && baseline) {
    const updated = await baseline.value.update(reviewed);
    if (!updated.ok) return io.fail(updated.error);
    io.note(`${visible(path ?? '')}: written`);
    return exit.ok;
  }
  if (reviewed.length > 0) {
    const base = docs.value ?? settings.docsBase ?? ownDocs;
    if (io.json || options.format === 'json') io.stream(jsonParts(reviewed));
    else io.result(print(io, reviewed, options.format, base));
  }
  if (problems.length > 0) return io.fail(problems);
  const levels = severities.slice(0, severities.indexOf(options.failOn) + 1);
  const failed = reviewed.some(({ report }) => levels.some((level) => report.counts[level] > 0));
  return failed ? exit.findings : exit.ok;
}

const UPDATE_WHAT: Located = {
  code: 'LOOM_USAGE',
  message: '--update-baseline needs --baseline FILE.',
  hint: 'Name the file to write.',
};

/** Reviews one design by its configuration and leaves out what was known before. */
async function reviewOf(
  io: Io,
  file: string,
  settings: Settings,
  options: Options,
  baseline: BaselineFile | undefined,
): Promise<Review> {
  const asked = await settings.optionsFor(file);
  if (!asked.ok) return asked;
  const extent = options.fixSuggested ? 'suggested' : options.fix ? 'safe' : undefined;
  const result = extent ? await fixed(io, file, asked.value, extent) : await read(io, file, asked.value);
  if (!result.ok) return result;
  const known = baseline
    ? ok(baseline.knownIn(file))
    : options.diff === undefined
      ? undefined
      : await knownAt(options.diff, file, asked.value);
  if (!known) return result;
  if (!known.ok) return known;
  const { report, gone } = withoutKnown(result.value.report, known.value);
  if (baseline && gone > 0)
    io.note(
      `${visible(file)}: ${gone} known ${gone === 1 ? 'finding is' : 'findings are'} gone; --update-baseline takes them out.`,
    );
  return ok({ ...result.value, report });
}

/** Designs are named with forward slashes in results, so that these are equal on every system. */
const named = (file: string): string => file.replaceAll('\\', '/');

async function read(io: Io, file: string, options: ReviewOptions): Promise<Review> {
  const opened = await openDesign(file);
  if (!opened.ok) return opened;
  const { conflict } = opened.value;
  if (conflict)
    io.note(
      `${visible(file)}:${conflict.lines[0]}: conflict markers in the layout; our positions are used. \`brokerloom fmt\` removes them.`,
    );
  return ok({ file: named(file), text: opened.value.text, report: review(opened.value, options) });
}

/** Applies fixes, saves the file if that changed it, and reviews what is left. */
async function fixed(io: Io, file: string, options: ReviewOptions, extent: Extent): Promise<Review> {
  const opened = await openDesign(file);
  if (!opened.ok) return opened;
  const { conflict } = opened.value;
  const merged = conflict ? parseDesign(file, applyEdits(opened.value.text, conflict.resolution)) : opened;
  if (!merged.ok) return merged;
  const { text, applied } = applyFixes(merged.value, options, extent);
  if (text !== opened.value.text) {
    const written = await writeAtomic(file, text);
    if (!written.ok) return fail([written.error]);
    io.note(`${visible(file)}: ${applied.length} ${applied.length === 1 ? 'fix' : 'fixes'} applied`);
  }
  const after = parseDesign(file, text);
  if (!after.ok) return after;
  return ok({ file: named(file), text, report: review(after.value, options) });
}

/** Services that show findings in a repository know its files by their paths from its root. */
function fromHere(file: string): string {
  const path = isAbsolute(file) ? relative('', file) : file;
  return path.startsWith('..') ? file : named(path);
}

function print(
  io: Io,
  files: readonly ReviewedFile[],
  format: Exclude<keyof typeof formats, 'json'>,
  docsBase: string | undefined,
): string {
  if (format !== 'human')
    return formats[format](
      files.map((file) => ({ ...file, file: fromHere(file.file) })),
      { version, ...(docsBase === undefined ? {} : { docsBase }) },
    );
  return formats.human(files, { style: io.style, shown: visible, version });
}
