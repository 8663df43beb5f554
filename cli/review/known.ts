import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fail, ok, type Result } from '../../core/result.ts';
import { type Baseline, baselineText, readBaseline } from '../../core/review/baseline.ts';
import type { ReviewedFile } from '../../core/review/formats/format.ts';
import { type Known, knownIn } from '../../core/review/known.ts';
import { type ReviewOptions, review } from '../../core/review/review.ts';
import { readDesign, readRevision, writeAtomic } from '../../disk/index.ts';
import type { Located } from '../io.ts';
import { parseDesign } from '../open.ts';

const NONE: Known = new Map();

/** A baseline on disk. Designs are named from its folder, so that it holds wherever the command is started. */
export class BaselineFile {
  readonly #path: string;
  readonly #baseline: Baseline;

  private constructor(path: string, baseline: Baseline) {
    this.#path = path;
    this.#baseline = baseline;
  }

  /** @param optional Whether it may be missing, since it is about to be written. */
  static async open(path: string, optional: boolean): Promise<Result<BaselineFile, readonly Located[]>> {
    if (optional && !existsSync(path)) return ok(new BaselineFile(path, new Map()));
    const text = await readDesign(path);
    if (!text.ok) return fail([{ ...text.error, hint: 'Write it with --update-baseline.' }]);
    const baseline = readBaseline(text.value);
    return baseline.ok
      ? ok(new BaselineFile(path, baseline.value))
      : fail([{ ...baseline.error, file: path }]);
  }

  knownIn(design: string): Known {
    return this.#baseline.get(this.#nameOf(design)) ?? NONE;
  }

  /** Takes the present findings of these designs as known; what it says of other designs stays. */
  async update(files: readonly ReviewedFile[]): Promise<Result<void, readonly Located[]>> {
    const present = files.map(({ file, report }) => [this.#nameOf(file), knownIn(report.findings)] as const);
    const written = await writeAtomic(this.#path, baselineText(new Map([...this.#baseline, ...present])));
    return written.ok ? ok(undefined) : fail([written.error]);
  }

  readonly #nameOf = (design: string): string =>
    relative(dirname(resolve(this.#path)), resolve(design)).replaceAll('\\', '/');
}

/** What a review of another version of a design finds: that of a file, or of a revision of its git repository. */
export async function knownAt(
  base: string,
  design: string,
  options: ReviewOptions,
): Promise<Result<Known, readonly Located[]>> {
  const text = existsSync(base) ? await readDesign(base) : await readRevision(design, base);
  if (!text.ok) return fail([text.error]);
  if (text.value === undefined) return ok(NONE);
  const opened = parseDesign(existsSync(base) ? base : `${base}:${design}`, text.value);
  return opened.ok ? ok(knownIn(review(opened.value, options).findings)) : opened;
}
