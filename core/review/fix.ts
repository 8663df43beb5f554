import { applyEdits, composeEdits } from '../text/compose.ts';
import { editText } from '../text/edit.ts';
import { load } from '../text/load.ts';
import type { Patch, TextEdit } from '../text/patch.ts';
import type { Path } from '../text/source.ts';
import type { Finding } from './report.ts';
import { type Reviewable, type ReviewOptions, review } from './review.ts';

/** Enough for fixes that make room for others; a pair of fixes that undo each other ends here. */
const MAX_ROUNDS = 10;

export interface Fixed {
  readonly text: string;
  /** What makes the new text of the old one, as one step. */
  readonly edits: readonly TextEdit[];
  /** The findings that were repaired, in the order of their repair. */
  readonly applied: readonly Finding[];
}

interface Repair {
  readonly finding: Finding;
  readonly patches: readonly Patch[];
}

/**
 * Applies all safe fixes of a design until none is left. Only the lines of the fixes change; a second run changes
 * nothing. A fix that cannot be carried out, such as one below a YAML alias, is left out.
 */
export function applyFixes(subject: Reviewable, options: ReviewOptions = {}): Fixed {
  let current = subject;
  let edits: readonly TextEdit[] = [];
  const applied: Finding[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let chosen = independent(review(current, options).findings);
    let next = edited(current, chosen);
    if (!next) {
      chosen = chosen.filter((repair) => edited(current, [repair]));
      next = edited(current, chosen);
    }
    if (!next || chosen.length === 0) break;
    applied.push(...chosen.map(({ finding }) => finding));
    edits = composeEdits(subject.source.text, edits, next.edits);
    current = next.subject;
  }
  return { text: current.source.text, edits, applied };
}

/** The design after some repairs; `undefined` where one of them cannot be carried out. */
function edited(
  { source }: Reviewable,
  repairs: readonly Repair[],
): { readonly subject: Reviewable; readonly edits: readonly TextEdit[] } | undefined {
  const edits = editText(
    source,
    repairs.flatMap(({ patches }) => patches),
  );
  if (!edits.ok) return undefined;
  const { design, source: after } = load(applyEdits(source.text, edits.value), source.cache);
  return design && after && { subject: { design, source: after }, edits: edits.value };
}

/**
 * Safe fixes that can be carried out together: what several need, such as the same exchange, is made once. Those that
 * would change one place differently wait for the next round, where they may have become needless.
 */
function independent(findings: readonly Finding[]): Repair[] {
  const made = new Set<string>();
  const changed = new Set<string>();
  const above = new Set<string>();
  const collides = (path: Path): boolean =>
    above.has(path.join('/')) || prefixes(path).some((prefix) => changed.has(prefix));
  return findings.flatMap((finding) => {
    if (!finding.fix?.safe) return [];
    const patches = finding.fix.patches().filter((patch) => !made.has(JSON.stringify(patch)));
    if (patches.some(({ path }) => collides(path))) return [];
    for (const patch of patches) {
      made.add(JSON.stringify(patch));
      changed.add(patch.path.join('/'));
      for (const prefix of prefixes(patch.path)) above.add(prefix);
    }
    return [{ finding, patches }];
  });
}

/** The path and every path that leads to it. */
const prefixes = (path: Path): string[] => path.map((_, index) => path.slice(0, index + 1).join('/'));
