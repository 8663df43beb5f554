import type { ContentHash, DocToken, Opened } from '../../../core/contract/ipc.ts';
import type { Host } from '../../host/host.ts';
import { blankDesign } from '../blank.ts';
import type { FilesSlice } from '../state/files.ts';
import type { Slice } from '../state.ts';

/** The journal holds a change within this time, in ms. */
const JOURNAL_DELAY = 500;

export const filesSlice =
  (host: Host): Slice<FilesSlice> =>
  (set, get) => {
    let journal: ReturnType<typeof setTimeout> | undefined;

    const show = async (opened: Opened): Promise<void> => {
      const { doc, name, folder, hash, text, recovered } = opened;
      await get().readConfig(doc);
      set({ file: { doc, name, folder, hash, text }, dirty: false, conflict: undefined });
      get().load(text);
      get().fitView();
      if (recovered) set({ recovered, dialog: 'recovered' });
    };

    const take = async (result: Awaited<ReturnType<Host['designOpen']>>): Promise<void> => {
      if (result.status === 'opened') await show(result);
      else if (result.status === 'failed') get().notify({ tone: 'error', title: result.reason });
    };

    const setDirty = (dirty: boolean): void => {
      const { file } = get();
      if (!file || dirty === get().dirty) return;
      set({ dirty });
      void host.appSetDirty({ doc: file.doc, dirty });
    };

    const saved = (
      result: { doc: DocToken; name: string; folder: string; hash: ContentHash },
      text: string,
    ): boolean => {
      clearTimeout(journal);
      const moved = get().file?.doc !== result.doc;
      set({ file: { doc: result.doc, name: result.name, folder: result.folder, hash: result.hash, text } });
      setDirty(get().session?.text !== text);
      get().session?.seal();
      if (moved) void get().configChanged(result.doc);
      return true;
    };

    const write = async (baseHash: ContentHash | null): Promise<boolean> => {
      const { file, session } = get();
      if (!file || !session) return false;
      const { text } = session;
      const result = await host.designSave({ doc: file.doc, text, baseHash });
      if (result.status === 'saved') return saved(result, text);
      if (result.status === 'conflictOnDisk') set({ conflict: result, dialog: 'conflict' });
      if (result.status === 'failed') get().notify({ tone: 'error', title: result.reason });
      return false;
    };

    return {
      file: undefined,
      dirty: false,
      recent: [],
      conflict: undefined,
      recovered: undefined,
      started: false,
      start: async () => {
        const { initial, recent } = await host.appStart({});
        set({ recent });
        if (initial) await take(initial);
        set({ started: true });
      },
      newFile: async () => {
        const opened = await host.designCreate({ name: 'untitled.loom.yaml' });
        await show(opened);
        get().load(blankDesign('untitled'));
      },
      openFile: async () => take(await host.designOpen({})),
      openListed: async (doc) => take(await host.designRead({ doc })),
      save: () => write(get().file?.hash ?? null),
      saveAs: async () => {
        const { file, session } = get();
        if (!file || !session) return false;
        const { text } = session;
        const result = await host.designSaveAs({ doc: file.doc, text });
        if (result.status === 'failed') get().notify({ tone: 'error', title: result.reason });
        return result.status === 'saved' && saved(result, text);
      },
      resolveConflict: async (choice) => {
        const { conflict, file } = get();
        set({ conflict: undefined, dialog: undefined });
        if (!conflict || !file) return;
        if (choice === 'mine') await write(conflict.hash);
        else await get().openListed(file.doc);
      },
      resolveRecovered: async (choice) => {
        const { recovered, file } = get();
        set({ recovered: undefined, dialog: undefined });
        if (!recovered || !file) return;
        if (choice === 'recovered') get().replaceAll(recovered.text);
        else await host.journalDiscard({ doc: file.doc });
      },
      textChanged: (text) => {
        const { file } = get();
        if (!file) return;
        setDirty(text !== file.text);
        clearTimeout(journal);
        if (text === file.text) return;
        journal = setTimeout(() => {
          void host.journalWrite({ doc: file.doc, text, baseHash: file.hash });
        }, JOURNAL_DELAY);
      },
      changedOnDisk: (doc, version) => {
        const { file, dirty } = get();
        if (file?.doc !== doc || version.hash === file.hash) return;
        if (dirty || version.text === null) set({ conflict: version, dialog: 'conflict' });
        else void get().openListed(doc);
      },
    };
  };
