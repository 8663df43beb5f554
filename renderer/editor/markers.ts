import type { editor } from 'monaco-editor/editor/editor.api';
import type { Severity } from '../../core/review/index.ts';
import type { Issue } from '../store/issues.ts';
import { monaco } from './monaco.ts';

const severities = {
  error: monaco.MarkerSeverity.Error,
  warn: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
} as const satisfies Record<Severity, number>;

/** Underlines every issue where it stands. */
export function showMarkers(model: editor.ITextModel, issues: readonly Issue[]): void {
  monaco.editor.setModelMarkers(
    model,
    'brokerloom',
    issues.flatMap((issue) => {
      if (issue.line === undefined) return [];
      const startLineNumber = issue.line;
      const startColumn = issue.column ?? 1;
      return [
        {
          severity: severities[issue.severity],
          message: issue.detail ? `${issue.message}\n${issue.detail}` : issue.message,
          source: issue.rule,
          startLineNumber,
          startColumn,
          endLineNumber: issue.endLine ?? startLineNumber,
          endColumn: issue.endColumn ?? startColumn + 1,
        },
      ];
    }),
  );
}
