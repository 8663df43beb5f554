import { applyEdits } from '../text/compose.ts';
import { editText } from '../text/edit.ts';
import { load } from '../text/load.ts';
import type { Patch } from '../text/patch.ts';
import type { Path } from '../text/source.ts';
import type { Finding } from './report.ts';
import { type Reviewable, type ReviewOptions, review } from './review.ts';

/** Enough for fixes that make room for others; a pair of fixes that undo each other ends here. */
const MAX_ROUNDS = 10;

export interface Fixed {
  readonly text: string;
  /** The findings that were repaired, in the order of their repair. */
  readonly applied: readonly Finding[];
}

/**
 * Applies all safe fixes of a design until none is left. Only the lines of the fixes change; a second run changes
 * nothing.
 */
export function applyFixes(subject: Reviewable, options: ReviewOptions = {}): Fixed {
  let current: Reviewable = subject;
  const applied: Finding[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const chosen = independent(review(current, options).findings);
    const edited = editText(
      current.source,
      chosen.flatMap(({ patches }) => patches),
    );
    if (chosen.length === 0 || !edited.ok) break;
    const next = load(applyEdits(current.source.text, edited.value));
    if (!next.design || !next.source) break;
    applied.push(...chosen.map(({ finding }) => finding));
    current = { design: next.design, source: next.source };
  }
  return { text: current.source.text, applied };
}

/** Safe fixes that do not touch the same place; the others wait for the next round, where they may have become needless. */
function independent(findings: readonly Finding[]): { finding: Finding; patches: readonly Patch[] }[] {
  const taken: Path[] = [];
  return findings.flatMap((finding) => {
    if (!finding.fix?.safe) return [];
    const patches = finding.fix.patches();
    if (patches.some(({ path }) => taken.some((other) => overlaps(path, other)))) return [];
    taken.push(...patches.map(({ path }) => path));
    return [{ finding, patches }];
  });
}

/** Whether one path is the other or leads to it. */
function overlaps(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).join('/') === b.slice(0, length).join('/');
}
