import type { In, Out } from '../../../core/contract/ipc.ts';
import type { Host } from '../../host/host.ts';
import type { GenerateSlice } from '../state/generate.ts';
import type { Slice } from '../state.ts';

const failed = (error: unknown) =>
  ({
    status: 'failed',
    code: 'LOOM_GENERATE',
    reason: error instanceof Error ? error.message : String(error),
  }) as const;

export const generateSlice =
  (host: Host): Slice<GenerateSlice> =>
  (set, get) => {
    /** The run whose result is waited for. */
    let current: object | undefined;
    const giveUp = (): void => {
      current = undefined;
      set({ generation: { step: 'idle' } });
    };

    const show = async (
      doing: string,
      step: 'preview' | 'written',
      run: (input: In<'generate.preview'>) => Promise<Out<'generate.write'>>,
    ) => {
      const { file, folder, session } = get();
      if (!file || !session) return;
      const { text } = session;
      const mine = {};
      current = mine;
      set({ generation: { step: 'working', doing, cancel: step === 'preview' ? giveUp : undefined } });
      const result = await run({ doc: file.doc, text, folder: folder?.token ?? null }).catch(failed);
      if (current !== mine) return;
      if (result.status === 'done')
        set({ generation: { step, changes: result.changes, text, folder: folder?.name } });
      else {
        const problems =
          result.status === 'problems' ? result.problems : [{ code: result.code, message: result.reason }];
        set({ generation: { step: 'problems', problems } });
      }
    };
    return {
      forgetGenerated: () => {
        giveUp();
        set({ folder: undefined });
      },
      folder: undefined,
      generation: { step: 'idle' },
      pickFolder: async () => {
        const picked = await host.generatePickFolder({});
        if (picked.status === 'failed') get().notify({ tone: 'error', title: picked.reason });
        if (picked.status !== 'picked') return;
        set({ folder: { token: picked.folder, name: picked.name } });
        await get().preview();
      },
      preview: () =>
        show(get().folder ? 'Comparing with the folder' : 'Generating', 'preview', host.generatePreview),
      write: async () => {
        const token = get().folder?.token;
        if (token === undefined) return;
        await show('Writing', 'written', (input) => host.generateWrite({ ...input, folder: token }));
        if (get().generation.step === 'written') set({ bottomTab: 'generated', bottomOpen: true });
      },
    };
  };
