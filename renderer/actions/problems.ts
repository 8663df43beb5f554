import type { Issue } from '../store/issues.ts';
import type { AppState } from '../store/state.ts';

/** Shows an issue everywhere: element on the canvas, field in the inspector, line in the text. */
export function showIssue(app: AppState, issue: Issue): void {
  app.focusIssue(issue.key);
  if (issue.element) app.select([issue.element], 'panel', issue.field);
  app.revealLine(issue.line, issue.column);
}

/** Goes to the problem after the one shown last. */
export function showNext(app: AppState): void {
  const issues = app.shown?.issues ?? [];
  if (issues.length === 0) {
    app.notify({ tone: 'success', title: 'No problems.' });
    return;
  }
  app.showBottom('problems');
  const next = issues[(issues.findIndex(({ key }) => key === app.issue) + 1) % issues.length];
  if (next) showIssue(app, next);
}

/** Applies the fix of the problem shown last, else of the first problem of the selected element. */
export function fixCurrent(app: AppState): void {
  const issues = app.shown?.issues ?? [];
  const issue =
    issues.find(({ key }) => key === app.issue) ??
    issues.find(({ element, fix }) => fix && element && app.selected.has(element));
  if (issue?.fix) fixIssue(app, issue);
  else app.notify({ tone: 'info', title: 'Select a problem that has a fix first.' });
}

export function fixIssue(app: AppState, { fix, element, rule }: Issue): void {
  if (!fix || !app.applyPatches(fix.label, fix.patches())) return;
  if (element) app.select([element], 'panel');
  app.notify({ tone: 'success', title: fix.label, detail: `Fixes ${rule}. Undo takes it back.` });
}
