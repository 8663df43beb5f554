import type { In, Opened, Out } from '../../../core/contract/ipc.ts';
import type { Host } from '../../../renderer/host/host.ts';

const doc = `doc_${'a'.repeat(22)}`;
const listed = { doc, name: 'a.loom.yaml', folder: '~' };
const hashOf = (text: string): string =>
  [...text]
    .reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7)
    .toString(16)
    .padStart(64, '0');

/** A host with one file in memory, which behaves as the contract says. */
export class MemoryHost {
  disk: string | null;
  journal: string | undefined;
  dirty = false;
  folder = true;
  config: Out<'review.config'> = { status: 'none' };

  constructor(text: string) {
    this.disk = text;
  }

  opened(): Opened {
    const text = this.disk ?? '';
    const hash = this.disk === null ? null : hashOf(text);
    return { status: 'opened', doc, name: 'a.loom.yaml', folder: '~', text, hash, recovered: null };
  }

  readonly api = {
    appStart: async () => ({ initial: this.opened(), unsaved: [], recent: [listed] }),
    appForgetRecent: async () => ({ recent: [] }),
    designCreate: async ({ name }: In<'design.create'>): Promise<Opened> => ({
      ...this.opened(),
      name,
      text: '',
      hash: null,
    }),
    appSetDirty: async ({ dirty }: In<'app.setDirty'>) => {
      this.dirty = dirty;
      return {};
    },
    reviewConfig: async () => this.config,
    designRead: async (): Promise<Out<'design.read'>> =>
      this.disk === null
        ? { status: 'failed', code: 'LOOM_FILE_GONE', reason: 'a.loom.yaml is gone.' }
        : this.opened(),
    designSave: async ({ text, baseHash }: In<'design.save'>): Promise<Out<'design.save'>> => {
      const hash = this.disk === null ? null : hashOf(this.disk);
      if (hash !== baseHash) return { status: 'conflictOnDisk', text: this.disk, hash };
      this.disk = text;
      return { status: 'saved', doc, name: 'a.loom.yaml', folder: '~', hash: hashOf(text) };
    },
    journalWrite: async ({ text }: In<'journal.write'>) => {
      this.journal = text;
      return { at: '2026-01-01T00:00:00Z' };
    },
    journalDiscard: async () => {
      this.journal = undefined;
      return {};
    },
    generatePickFolder: async (): Promise<Out<'generate.pickFolder'>> =>
      this.folder
        ? { status: 'picked', folder: `dir_${'a'.repeat(22)}`, name: 'services' }
        : { status: 'cancelled' },
    generatePreview: async (): Promise<Out<'generate.preview'>> => ({
      status: 'done',
      changes: [{ path: 'package.json', status: 'new', ownership: 'generated', before: null, after: '{}' }],
    }),
    generateWrite: async (): Promise<Out<'generate.write'>> => ({
      status: 'problems',
      problems: [{ code: 'LOOM_UNSUPPORTED', message: 'Kafka is not generated yet.' }],
    }),
  } as unknown as Host;
}
