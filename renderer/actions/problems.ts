import { isRuleId } from '../../core/review/catalogue.ts';
import { applyFixes, type Fixed } from '../../core/review/fix.ts';
import type { Issue } from '../store/issues.ts';
import type { Shown } from '../store/state/document.ts';
import type { AppState } from '../store/state.ts';

/** Shows an issue everywhere: element on the canvas, field in the inspector, line in the text. */
export function showIssue(app: AppState, issue: Issue): void {
  app.focusIssue(issue.key);
  if (issue.element) app.select([issue.element], 'panel', issue.field);
  app.revealLine(issue.line, issue.column);
}

/** Goes to the problem after the one shown last. */
export function showNext(app: AppState): void {
  const issues = app.reviewNow();
  if (issues.length === 0) {
    app.notify({ tone: 'success', title: 'No problems.' });
    return;
  }
  app.showBottom('problems');
  const next = issues[(issues.findIndex(({ key }) => key === app.issue) + 1) % issues.length];
  if (next) showIssue(app, next);
}

/** The problem shown last, else the first one of the selected element that will do. */
function currentIssue(app: AppState, isWanted: (issue: Issue) => boolean): Issue | undefined {
  const issues = app.reviewNow();
  return (
    issues.find(({ key }) => key === app.issue) ??
    issues.find((issue) => issue.element && app.selected.has(issue.element) && isWanted(issue))
  );
}

/** Says what the rule of the problem is about, and why. */
export function explainCurrent(app: AppState): void {
  const issue = currentIssue(app, ({ rule }) => isRuleId(rule));
  if (issue && isRuleId(issue.rule)) app.explain(issue.rule);
  else app.notify({ tone: 'info', title: 'Select a problem of the review first.' });
}

/** Applies the fix of the problem shown last, else of the first problem of the selected element. */
export function fixCurrent(app: AppState): void {
  const issue = currentIssue(app, ({ fix }) => fix !== undefined);
  if (issue?.fix) fixIssue(app, issue);
  else app.notify({ tone: 'info', title: 'Select a problem that has a fix first.' });
}

/** The design after all fixes that need no decision; `undefined` while the text is not a design. */
export function safeFixes({ loaded: { design, source, notices }, options }: Shown): Fixed | undefined {
  return design && source && applyFixes({ design, source, notices }, options);
}

/** Applies all fixes that need no decision, as one step. */
export function fixAllSafe(app: AppState): void {
  const fixed = app.shown && safeFixes(app.shown);
  const count = fixed?.applied.length ?? 0;
  if (!fixed || count === 0) {
    app.notify({ tone: 'info', title: 'No problem has a fix that needs no decision.' });
    return;
  }
  const label = count === 1 ? 'Fix one problem' : `Fix ${count} problems`;
  app.edit(label, fixed.edits);
  app.notify({ tone: 'success', title: `${label}.`, detail: 'Undo takes it back.' });
}

export function fixIssue(app: AppState, { fix, element, rule }: Issue): void {
  if (!fix || !app.applyPatches(fix.label, fix.patches())) return;
  if (element) app.select([element], 'panel');
  app.notify({ tone: 'success', title: fix.label, detail: `Fixes ${rule}. Undo takes it back.` });
}
