import type { editor } from 'monaco-editor/editor/editor.api';
import type { Severity } from '../../core/review/index.ts';
import type { Issue } from '../store/issues.ts';
import { markersOf } from './markersOf.ts';
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
    markersOf(issues).map((marker) => ({ ...marker, severity: severities[marker.severity] })),
  );
}
