import type { ExportFormat } from '../../../core/export/formats.ts';

export interface ExportSlice {
  /** The export that is being made. */
  readonly exporting: { readonly format: ExportFormat; readonly cancel: () => void } | undefined;
  /** Asks where to, then writes the whole drawing, or the design as a document, as it is shown at that moment. */
  exportAs(format: ExportFormat): Promise<void>;
}
