import { fail, ok, type Result } from '../../core/result.ts';
import { applyFixes } from '../../core/review/fix.ts';
import type { ReviewedFile } from '../../core/review/formats/format.ts';
import { formats } from '../../core/review/formats/index.ts';
import { review } from '../../core/review/review.ts';
import { type Severity, severities } from '../../core/review/rule.ts';
import { applyEdits } from '../../core/text/compose.ts';
import { writeAtomic } from '../../disk/index.ts';
import { type Exit, exit } from '../exit.ts';
import { type Io, type Located, visible, visibleIn } from '../io.ts';
import { openDesign, parseDesign } from '../open.ts';
import { version } from '../version.ts';

interface Options {
  readonly format: keyof typeof formats;
  readonly fix?: boolean;
  readonly failOn: Severity;
}

/** Reviews designs. A file that cannot be read does not keep the others from being reviewed. */
export async function run(io: Io, files: readonly string[], options: Options): Promise<Exit> {
  const reviewed: ReviewedFile[] = [];
  const problems: Located[] = [];
  for (const file of files) {
    const result = options.fix ? await fixed(io, file) : await read(io, file);
    if (result.ok) reviewed.push(result.value);
    else problems.push(...result.error);
  }
  if (problems.length > 0 && io.json) return io.fail(problems);
  if (reviewed.length > 0) io.result(print(io, reviewed, io.json ? 'json' : options.format));
  if (problems.length > 0) return io.fail(problems);
  const levels = severities.slice(0, severities.indexOf(options.failOn) + 1);
  const failed = reviewed.some(({ report }) => levels.some((level) => report.counts[level] > 0));
  return failed ? exit.findings : exit.ok;
}

/** Designs are named with forward slashes in results, so that these are equal on every system. */
const named = (file: string): string => file.replaceAll('\\', '/');

async function read(io: Io, file: string): Promise<Result<ReviewedFile, readonly Located[]>> {
  const opened = await openDesign(file);
  if (!opened.ok) return opened;
  const { conflict } = opened.value;
  if (conflict)
    io.note(
      `${visible(file)}:${conflict.lines[0]}: conflict markers in the layout; our positions are used. \`brokerloom fmt\` removes them.`,
    );
  return ok({ file: named(file), text: opened.value.text, report: review(opened.value) });
}

/** Applies the safe fixes, saves the file if that changed it, and reviews what is left. */
async function fixed(io: Io, file: string): Promise<Result<ReviewedFile, readonly Located[]>> {
  const opened = await openDesign(file);
  if (!opened.ok) return opened;
  const { conflict } = opened.value;
  const merged = conflict ? parseDesign(file, applyEdits(opened.value.text, conflict.resolution)) : opened;
  if (!merged.ok) return merged;
  const { text, applied } = applyFixes(merged.value);
  if (text !== opened.value.text) {
    const written = await writeAtomic(file, text);
    if (!written.ok) return fail([written.error]);
    io.note(`${visible(file)}: ${applied.length} ${applied.length === 1 ? 'fix' : 'fixes'} applied`);
  }
  const after = parseDesign(file, text);
  if (!after.ok) return after;
  return ok({ file: named(file), text, report: review(after.value) });
}

function print(io: Io, files: readonly ReviewedFile[], format: keyof typeof formats): string {
  if (format !== 'human') return formats[format](files, { version });
  return formats.human(
    files.map((file) => ({ ...file, file: visible(file.file), report: visibleIn(file.report) })),
    { style: io.style, version },
  );
}
