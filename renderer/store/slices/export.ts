import type { Host } from '../../host/host.ts';
import type { ExportSlice } from '../state/export.ts';
import type { Slice } from '../state.ts';

export const exportSlice =
  (host: Host): Slice<ExportSlice> =>
  (set, get) => ({
    exporting: undefined,
    exportAs: async (format) => {
      const { file, exporting } = get();
      if (!file || exporting) return;
      const picked = await host.exportPick({ doc: file.doc, format });
      if (picked.status === 'failed') get().notify({ tone: 'error', title: picked.reason });
      get().reviewNow();
      const { shown } = get();
      if (picked.status !== 'picked' || !shown?.graph) return;
      const ending = new AbortController();
      set({ exporting: { format, cancel: () => ending.abort() } });
      try {
        // Loaded when it is first used: fonts for pictures, and what writes documents.
        const { exported } = await import('../../export/exported.ts');
        const made = await exported(shown, format, picked.beside, ending.signal);
        if (ending.signal.aborted) return;
        const result = await host.exportWrite({ target: picked.target, ...made });
        if (result.status === 'failed') get().notify({ tone: 'error', title: result.reason });
        else {
          const place = result.folder ? ` in ${result.folder}` : '';
          get().notify({ tone: 'success', title: `Exported ${result.name}${place}.` });
        }
      } catch (error) {
        if (ending.signal.aborted) return;
        get().notify({
          tone: 'error',
          title: 'The export failed; nothing was written.',
          detail: error instanceof Error ? error.message : String(error),
        });
      } finally {
        set({ exporting: undefined });
      }
    },
  });
