import { type ExportFormat, exportFormats } from '../../core/export/formats.ts';
import type { AppState } from '../store/state.ts';
import type { ActionDefinition } from './action.ts';

const exporting = (format: ExportFormat): ActionDefinition => ({
  label: `Export as ${exportFormats[format].label}…`,
  group: 'File',
  scope: 'always',
  enabled: (app: AppState) => (app.shown?.scene.nodes.length ?? 0) > 0 && app.exporting === undefined,
  run: (app) => void app.exportAs(format),
});

/** Templates to start from, and forms to hand a design on in. */
export const fileActions = {
  'file.templates': {
    label: 'New from template…',
    group: 'File',
    keys: ['mod+shift+N'],
    scope: 'always',
    run: (app) => app.openDialog('templates'),
  },
  'export.svg': exporting('svg'),
  'export.png': exporting('png'),
  'export.mermaid': exporting('mermaid'),
  'export.markdown': exporting('markdown'),
} as const satisfies Record<string, ActionDefinition>;
