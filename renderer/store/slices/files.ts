import type { ContentHash, DocToken, Opened } from '../../../core/contract/ipc.ts';
import { Session } from '../../../core/history/session.ts';
import type { Host } from '../../host/host.ts';
import { blankDesign } from '../blank.ts';
import type { FilesSlice, OpenFile } from '../state/files.ts';
import type { Slice } from '../state.ts';

/** The journal holds a change within this time, in ms. */
const JOURNAL_DELAY = 500;

export const filesSlice =
  (host: Host): Slice<FilesSlice> =>
  (set, get) => {
    let journal: ReturnType<typeof setTimeout> | undefined;
    /** Whether the journal may hold a text of the open document. */
    let journaled = false;

    const show = async (opened: Opened): Promise<void> => {
      const { doc, name, folder, hash, text, recovered } = opened;
      await get().readConfig(doc);
      // What the journal has of this document is offered first.
      journaled = false;
      set({ file: { doc, name, folder, hash, text }, dirty: false, savedStep: 0, conflict: undefined });
      get().load(text);
      get().fitView();
      if (recovered) set({ recovered, dialog: 'recovered' });
    };

    const take = async (result: Awaited<ReturnType<Host['designOpen']>>): Promise<void> => {
      if (result.status === 'opened') await show(result);
      else if (result.status === 'failed') get().notify({ tone: 'error', title: result.reason });
    };

    /** Shows the file as it is on disk now. What was shown before can be got back: it is a step of the history. */
    const follow = async (file: OpenFile, text: string, hash: ContentHash | null, label: string) => {
      // A file of a newer format may only be looked at, so it begins a history of its own.
      if (get().session?.locked || new Session(text).locked) return get().openListed(file.doc);
      set({ file: { ...file, text, hash } });
      get().takeText(label, text);
      set({ savedStep: get().session?.current ?? 0 });
      get().textChanged(text);
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
      // The journal holds what was typed last before it was saved, or an earlier text.
      get().textChanged(get().session?.text ?? text);
      get().session?.seal();
      set({ savedStep: get().session?.current ?? 0 });
      if (moved) void get().configChanged(result.doc);
      return true;
    };

    const write = async (baseHash: ContentHash | null): Promise<boolean> => {
      const { file, session } = get();
      if (!file || !session) return false;
      const { text } = session;
      // What is being saved must not come into the journal after that was cleared.
      clearTimeout(journal);
      const result = await host.designSave({ doc: file.doc, text, baseHash });
      if (result.status !== 'saved') get().textChanged(session.text);
      if (result.status === 'saved') return saved(result, text);
      if (result.status === 'conflictOnDisk') set({ conflict: result, dialog: 'conflict' });
      if (result.status === 'failed') get().notify({ tone: 'error', title: result.reason });
      return false;
    };

    return {
      file: undefined,
      dirty: false,
      savedStep: 0,
      recent: [],
      missing: new Set(),
      conflict: undefined,
      recovered: undefined,
      started: false,
      start: async () => {
        const { initial, recent } = await host.appStart({});
        set({ recent });
        if (initial) await take(initial);
        set({ started: true });
      },
      newFile: () => get().startFrom('untitled', blankDesign('untitled')),
      startFrom: async (name, text) => {
        await show(await host.designCreate({ name: `${name}.loom.yaml` }));
        get().load(text);
        get().fitView();
      },
      openDropped: async (file) => {
        if (/\.ya?ml$/i.test(file.name)) await take(await host.designDropped(file));
        else
          get().notify({
            tone: 'error',
            title: `${file.name} is no design.`,
            detail: 'Drop a file that ends in .loom.yaml, .yaml or .yml.',
          });
      },
      forgetRecent: async (doc) => set({ recent: (await host.appForgetRecent({ doc })).recent }),
      openFile: async () => take(await host.designOpen({})),
      openListed: async (doc) => {
        const result = await host.designRead({ doc });
        if (result.status === 'failed' && result.code === 'LOOM_FILE_GONE')
          set(({ missing }) => ({ missing: new Set([...missing, doc]) }));
        await take(result);
      },
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
        else if (conflict.text === null) await get().openListed(file.doc);
        else {
          await host.journalDiscard({ doc: file.doc });
          await follow(file, conflict.text, conflict.hash, 'Take the version on disk');
        }
      },
      resolveRecovered: async (choice) => {
        const { recovered, file } = get();
        set({ recovered: undefined, dialog: undefined });
        if (!recovered || !file) return;
        if (choice === 'recovered') get().takeText('Recover unsaved text', recovered.text);
        else await host.journalDiscard({ doc: file.doc });
      },
      textChanged: (text) => {
        const { file } = get();
        if (!file) return;
        setDirty(text !== file.text);
        clearTimeout(journal);
        if (text === file.text) {
          // An edit that was taken back is not unsaved any more; what was journaled of it would be offered again.
          if (journaled) void host.journalDiscard({ doc: file.doc });
          journaled = false;
          return;
        }
        journal = setTimeout(() => {
          journaled = true;
          void host.journalWrite({ doc: file.doc, text, baseHash: file.hash });
        }, JOURNAL_DELAY);
      },
      changedOnDisk: (doc, version) => {
        const { file, dirty } = get();
        if (file?.doc !== doc || version.hash === file.hash) return;
        if (dirty || version.text === null) set({ conflict: version, dialog: 'conflict' });
        else void follow(file, version.text, version.hash, 'Changed by another program');
      },
    };
  };
