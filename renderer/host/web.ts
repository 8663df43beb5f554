import type { FolderToken, Payload } from '../../core/contract/ipc.ts';
import type { Host } from './host.ts';
import { randomToken, WebDocuments } from './web/documents.ts';
import { WebExports } from './web/exports.ts';
import { WebJournal } from './web/journal.ts';
import { pickFile, pickFolder } from './web/pickers.ts';

const cancelled = { status: 'cancelled' } as const;
/** A browser has no application menu, opens no file from outside, and closes a page without asking it to save. */
const never = () => () => undefined;

/** The host of the page in a browser: the same contract over file handles, downloads and IndexedDB. */
export function webHost(): Host {
  const documents = new WebDocuments(new WebJournal());
  const folders = new Map<FolderToken, FileSystemDirectoryHandle>();
  const exports = new WebExports();
  const dirty = new Set<string>();
  window.addEventListener('beforeunload', (event) => {
    if (dirty.size > 0) event.preventDefault();
  });

  const generate = async (token: FolderToken | null, text: string, write: boolean) => {
    const folder = token === null ? null : folders.get(token);
    if (folder === undefined) throw new Error('LOOM_FOLDER_UNKNOWN: no such folder.');
    // Loaded when it is first used: the generators are as large as the rest of the page.
    return (await import('./web/generate.ts')).generateInto(folder, text, write);
  };

  return {
    appInfo: async () => ({
      kind: 'web',
      version: __APP_VERSION__,
      platform: navigator.platform,
      runtime: { browser: navigator.userAgent },
    }),
    appStart: async () => {
      const unsaved = await documents.allUnsaved();
      const first = unsaved[0];
      return { initial: first ? await documents.open(first.doc) : null, unsaved, recent: [] };
    },
    appOpenExternal: async ({ url }) => {
      const safe = URL.canParse(url) && new URL(url).protocol === 'https:';
      if (safe) window.open(url, '_blank', 'noopener,noreferrer');
      return { opened: safe };
    },
    appForgetRecent: async () => ({ recent: [] }),
    appSetDirty: async ({ doc, dirty: isDirty }) => {
      if (isDirty) dirty.add(doc);
      else dirty.delete(doc);
      return {};
    },
    appConfirmClose: async () => ({}),
    designCreate: async ({ name }) => documents.create(name),
    designOpen: async () => {
      const picked = await pickFile();
      return picked ? documents.openPicked(picked) : cancelled;
    },
    designDropped: (file) => documents.openPicked({ file, handle: null }),
    designRead: ({ doc }) => documents.open(doc),
    designSave: ({ doc, text, baseHash }) => documents.save(doc, text, baseHash),
    designSaveAs: ({ doc, text }) => documents.saveAs(doc, text),
    journalWrite: ({ doc, text, baseHash }) => documents.keep(doc, text, baseHash),
    journalRead: ({ doc }) => documents.unsaved(doc),
    journalDiscard: async ({ doc }) => {
      await documents.discard(doc);
      return {};
    },
    reviewConfig: async () => ({ status: 'unsupported' }),
    exportPick: ({ doc, format }) => exports.pick(documents.name(doc), format),
    exportWrite: (input) => exports.write(input),
    generatePickFolder: async () => {
      const folder = await pickFolder();
      if (folder === null) return cancelled;
      if (folder === 'unsupported') return needsDesktop;
      const token = `dir_${randomToken()}`;
      folders.set(token, folder);
      return { status: 'picked', folder: token, name: folder.name };
    },
    generatePreview: ({ folder, text }) => generate(folder, text, false),
    generateWrite: ({ folder, text }) => generate(folder, text, true),
    onDesignChangedOnDisk: (listener) => watchOnFocus(documents, listener),
    onReviewConfigChanged: never,
    onDesignOpenRequested: never,
    onAppSaveRequested: never,
    onAppMenuCommand: never,
  };
}

const needsDesktop = {
  status: 'failed',
  code: 'LOOM_UNSUPPORTED',
  reason:
    'This browser cannot write to a folder. Save the design and run `npx brokerloom generate FILE --out DIR`, or use the desktop app.',
} as const;

/** Looks for changes whenever the user comes back to the page: that is when another program can have made them. */
function watchOnFocus(
  documents: WebDocuments,
  listener: (change: Payload<'design.changedOnDisk'>) => void,
): () => void {
  const look = async () => {
    for (const change of await documents.changedOnDisk()) listener(change);
  };
  window.addEventListener('focus', look);
  return () => window.removeEventListener('focus', look);
}
