import type { IDisposable, languages } from 'monaco-editor/editor/editor.api';
import { isRuleId } from '../../../core/review/catalogue.ts';
import { fixAllSafe, fixIssue } from '../../actions/problems.ts';
import type { Issue } from '../../store/issues.ts';
import type { AppStore } from '../../store/store.ts';
import { markersOf } from '../markersOf.ts';
import { monaco } from '../monaco.ts';

const FIX = 'brokerloom.fix';
const FIX_ALL = 'brokerloom.fixAll';
const EXPLAIN = 'brokerloom.explain';

/** The commands behind the actions: the same as the buttons of the problems, so that undo is the same single step. */
export function fixCommands(store: AppStore): readonly IDisposable[] {
  const issueOf = (key: string): Issue | undefined =>
    store.getState().shown?.issues.find((issue) => issue.key === key);
  return [
    monaco.editor.registerCommand(FIX, (_, key: string) => {
      const issue = issueOf(key);
      if (issue) fixIssue(store.getState(), issue);
    }),
    monaco.editor.registerCommand(FIX_ALL, () => fixAllSafe(store.getState())),
    monaco.editor.registerCommand(EXPLAIN, (_, rule: string) => store.getState().explain(rule)),
  ];
}

/** Fixes of the issues at the cursor, and the reasons for their rules. */
export const fixes = (store: AppStore): languages.CodeActionProvider => ({
  provideCodeActions: (_, range) => {
    const issues = store.getState().shown?.issues ?? [];
    const here = issues.filter((issue) =>
      markersOf([issue]).some((marker) => monaco.Range.areIntersectingOrTouching(marker, range)),
    );
    const fixable = here.filter(({ fix }) => fix);
    const rules = [...new Set(here.map(({ rule }) => rule))].filter(isRuleId);
    const safe = issues.filter(({ fix }) => fix?.safe).length;
    return {
      actions: [
        ...fixable.map((issue) => ({
          title: issue.fix?.label ?? '',
          kind: 'quickfix',
          isPreferred: issue.fix?.safe === true,
          command: { id: FIX, title: '', arguments: [issue.key] },
        })),
        ...(fixable.length > 0 && safe > 1
          ? [
              {
                title: `Fix all ${safe} problems that need no decision`,
                kind: 'quickfix',
                command: { id: FIX_ALL, title: '' },
              },
            ]
          : []),
        ...rules.map((rule) => ({
          title: `Explain ${rule}`,
          kind: 'quickfix',
          command: { id: EXPLAIN, title: '', arguments: [rule] },
        })),
      ],
      dispose: () => {},
    };
  },
});
