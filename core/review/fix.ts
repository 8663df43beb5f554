import { applyEdits, composeEdits } from '../text/compose.ts';
import { editText } from '../text/edit.ts';
import { load } from '../text/load.ts';
import type { Patch, TextEdit } from '../text/patch.ts';
import type { Path } from '../text/source.ts';
import { fingerprintOf } from './known.ts';
import type { Finding } from './report.ts';
import { type Reviewable, type ReviewOptions, review } from './review.ts';

/** Enough for fixes that make room for others; a pair of fixes that undo each other ends here. */
const MAX_ROUNDS = 100;

/** Which fixes are applied: those that need no decision, or the suggested ones as well. */
export type Extent = 'safe' | 'suggested';

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
 * Applies all safe fixes of a design until none is left, and where it is asked for the suggested ones. Only the lines of
 * the fixes change; a second run changes nothing. A fix that cannot be carried out, such as one below a YAML alias, is
 * left out.
 */
export function applyFixes(subject: Reviewable, options: ReviewOptions = {}, extent: Extent = 'safe'): Fixed {
  let current = subject;
  let edits: readonly TextEdit[] = [];
  const applied: Finding[] = [];
  const suggested = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { findings } = review(current, options);
    const safe = findings.filter(({ fix }) => fix?.safe);
    const others = findings.filter((finding) => finding.fix && !suggested.has(fingerprintOf(finding)));
    const step =
      carriedOut(current, safe) ?? (extent === 'suggested' ? ofOneRule(current, others) : undefined);
    if (!step) break;
    for (const finding of step.repaired) if (!finding.fix?.safe) suggested.add(fingerprintOf(finding));
    applied.push(...step.repaired);
    edits = composeEdits(subject.source.text, edits, step.edits);
    current = step.subject;
  }
  return { text: current.source.text, edits, applied };
}

interface Step {
  readonly subject: Reviewable;
  readonly edits: readonly TextEdit[];
  readonly repaired: readonly Finding[];
}

/** Carries out those fixes that can be carried out together; `undefined` where none can. */
function carriedOut(subject: Reviewable, findings: readonly Finding[]): Step | undefined {
  let chosen = independent(findings);
  let next = edited(subject, chosen);
  if (!next) {
    chosen = chosen.filter((repair) => edited(subject, [repair]));
    next = edited(subject, chosen);
  }
  return next && chosen.length > 0 ? { ...next, repaired: chosen.map(({ finding }) => finding) } : undefined;
}

/**
 * Carries out the suggestions of the first rule that has any, since those of two may be different ways out of the same
 * trouble: after one of them the other may not be needed.
 */
function ofOneRule(subject: Reviewable, findings: readonly Finding[]): Step | undefined {
  for (const rule of new Set(findings.map(({ ruleId }) => ruleId))) {
    const step = carriedOut(
      subject,
      findings.filter(({ ruleId }) => ruleId === rule),
    );
    if (step) return step;
  }
  return undefined;
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
 * Fixes that can be carried out together: what several need, such as the same exchange, is made once. Those that
 * would change one place differently wait for the next round, where they may have become needless.
 */
function independent(findings: readonly Finding[]): Repair[] {
  const made = new Set<string>();
  const changed = new Set<string>();
  const above = new Set<string>();
  const collides = (path: Path): boolean =>
    above.has(path.join('/')) || prefixes(path).some((prefix) => changed.has(prefix));
  return findings.flatMap((finding) => {
    if (!finding.fix) return [];
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
