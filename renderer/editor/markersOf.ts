import type { Issue } from '../store/issues.ts';

/** An underlined stretch of text, in the numbers of the editor: they count from 1, the end is exclusive. */
export interface IssueMarker {
  readonly severity: Issue['severity'];
  readonly message: string;
  readonly source: string;
  readonly startLineNumber: number;
  readonly startColumn: number;
  readonly endLineNumber: number;
  readonly endColumn: number;
}

/** A marker for every issue that stands somewhere in the text. */
export const markersOf = (issues: readonly Issue[]): readonly IssueMarker[] =>
  issues.flatMap((issue) => {
    if (issue.line === undefined) return [];
    const startColumn = issue.column ?? 1;
    return [
      {
        severity: issue.severity,
        message: issue.detail ? `${issue.message}\n${issue.detail}` : issue.message,
        source: issue.rule,
        startLineNumber: issue.line,
        startColumn,
        endLineNumber: issue.endLine ?? issue.line,
        endColumn: issue.endColumn ?? startColumn + 1,
      },
    ];
  });
