import type { Host } from '../../host/host.ts';
import type { GenerateSlice } from '../state/generate.ts';
import type { Slice } from '../state.ts';

export const generateSlice =
  (host: Host): Slice<GenerateSlice> =>
  (set, get) => {
    const ask = async (verb: 'generatePreview' | 'generateWrite', doing: string) => {
      const { file, folder, session } = get();
      if (!file || !folder || !session) return;
      set({ generation: { step: 'working', doing } });
      const result = await host[verb]({ doc: file.doc, text: session.text, folder: folder.token });
      if (result.status === 'problems') set({ generation: { step: 'problems', problems: result.problems } });
      else if (result.status === 'failed') {
        set({ generation: { step: 'problems', problems: [{ code: result.code, message: result.reason }] } });
      } else {
        const step = verb === 'generatePreview' ? 'preview' : 'written';
        set({ generation: { step, changes: result.changes } });
        if (step === 'written') set({ bottomTab: 'generated', bottomOpen: true });
      }
    };
    return {
      folder: undefined,
      generation: { step: 'idle' },
      pickFolder: async () => {
        const picked = await host.generatePickFolder({});
        if (picked.status === 'failed') get().notify({ tone: 'error', title: picked.reason });
        if (picked.status !== 'picked') return;
        set({ folder: { token: picked.folder, name: picked.name } });
        await get().preview();
      },
      preview: () => ask('generatePreview', 'Comparing with the folder'),
      write: () => ask('generateWrite', 'Writing'),
    };
  };
