import { applyFixes } from '../../core/review/fix.ts';
import { formats } from '../../core/review/formats/index.ts';
import type { ReviewedFile } from '../../core/review/formats/format.ts';
import { review } from '../../core/review/review.ts';
import type { Severity } from '../../core/review/rule.ts';
import { writeAtomic } from '../../disk/index.ts';
import { type Exit, exit } from '../exit.ts';
import { type Io, type Located, visible } from '../io.ts';
import { openDesign } from '../open.ts';
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
    const result = await reviewFile(io, file, options.fix === true);
    if (result.ok) reviewed.push(result.value);
    else problems.push(...result.error);
  }
  if (reviewed.length > 0) print(io, reviewed, io.json ? 'json' : options.format);
  if (problems.length > 0) return io.fail(problems);
  return reviewed.some(({ report }) => atLeast(report.counts, options.failOn)) ? exit.findings : exit.ok;
}
