import type {
  ContentHash,
  DocToken,
  Failed,
  Listed,
  Opened,
  Out,
  Payload,
} from '../../../core/contract/ipc.ts';
import { type Content, hashOf, readFile } from './content.ts';
import type { JournalEntry, WebJournal } from './journal.ts';
import { download, type PickedFile, pickTarget } from './pickers.ts';

interface Doc {
  readonly token: DocToken;
  readonly key: string;
  name: string;
  /** Null where there is no file, or the browser gives no access to it. */
  handle: FileSystemFileHandle | null;
  /** What stands in for the file where there is no handle. */
  loose: Content | null;
  /** What the page was last told the file holds. */
  seen: ContentHash | null;
}

/** The web app's documents: file handles where the browser has them, else text that came by upload. */
export class WebDocuments {
  readonly #journal: WebJournal;
  readonly #docs = new Map<DocToken, Doc>();

  constructor(journal: WebJournal) {
    this.#journal = journal;
  }

  /** A document without a file. */
  create(name: string): Opened {
    const doc = this.#add({ name, handle: null });
    return { status: 'opened', ...listed(doc), text: '', hash: null, recovered: null };
  }

  name(token: DocToken): string {
    return this.#get(token).name;
  }

  async openPicked({ file, handle }: PickedFile): Promise<Opened | Failed> {
    const known = handle && (await this.#withHandle(handle));
    const doc = known ?? this.#add({ name: file.name, handle });
    if (!handle) {
      const content = await readFile(file);
      if ('status' in content) return content;
      doc.loose = content;
    }
    return this.open(doc.token);
  }

  async open(token: DocToken): Promise<Opened | Failed> {
    const doc = this.#get(token);
    const content = await this.#content(doc);
    if (content && 'status' in content) return content;
    doc.seen = content?.hash ?? null;
    const entry = await this.#journal.read(doc.key);
    const recovered =
      entry && entry.text !== content?.text
        ? { text: entry.text, baseHash: entry.baseHash, at: entry.at }
        : null;
    return { status: 'opened', ...listed(doc), text: content?.text ?? '', hash: doc.seen, recovered };
  }

  async save(token: DocToken, text: string, base: ContentHash | null): Promise<Out<'design.save'>> {
    const doc = this.#get(token);
    if (!doc.handle) return this.saveAs(token, text);
    const disk = await this.#content(doc);
    if (disk && 'status' in disk) return disk;
    const hash = await hashOf(text);
    if (disk?.hash !== hash && (disk?.hash ?? null) !== base) {
      doc.seen = disk?.hash ?? null;
      return { status: 'conflictOnDisk', text: disk?.text ?? null, hash: doc.seen };
    }
    return this.#write(doc, doc.handle, text, hash);
  }

  async saveAs(token: DocToken, text: string): Promise<Out<'design.saveAs'>> {
    const doc = this.#get(token);
    const target = await pickTarget(doc.name);
    if (target === null) return { status: 'cancelled' };
    const hash = await hashOf(text);
    if (target !== 'download') {
      doc.handle = target;
      doc.name = target.name;
      return this.#write(doc, target, text, hash);
    }
    download(doc.name, text);
    doc.loose = { text, hash };
    await this.#journal.remove(doc.key, text);
    return { status: 'saved', ...listed(doc), hash };
  }

  /** Keeps unsaved text; text that the file has by now is none (the page may have asked before a save was done). */
  async keep(token: DocToken, text: string, baseHash: ContentHash | null): Promise<{ at: string }> {
    const { key, name, handle, seen } = this.#get(token);
    const at = new Date().toISOString();
    if (seen === (await hashOf(text))) await this.#journal.remove(key);
    else await this.#journal.write({ key, name, text, baseHash, at, handle });
    return { at };
  }

  async unsaved(token: DocToken): Promise<Out<'journal.read'>> {
    const entry = await this.#journal.read(this.#get(token).key);
    return { recovered: entry ? { text: entry.text, baseHash: entry.baseHash, at: entry.at } : null };
  }

  discard(token: DocToken): Promise<void> {
    return this.#journal.remove(this.#get(token).key);
  }

  /** Documents with unsaved text from an earlier visit, newest first. */
  async allUnsaved(): Promise<(Listed & { readonly at: string })[]> {
    return (await this.#journal.all()).map((entry) => {
      const known = [...this.#docs.values()].find((doc) => doc.key === entry.key);
      return { ...listed(known ?? this.#add(entry)), at: entry.at };
    });
  }

  /** Documents whose files someone else changed. Browsers tell nobody of such changes; they have to be looked for. */
  async changedOnDisk(): Promise<Payload<'design.changedOnDisk'>[]> {
    const changes: Payload<'design.changedOnDisk'>[] = [];
    for (const doc of this.#docs.values()) {
      const disk = doc.handle && doc.seen !== null ? await this.#content(doc) : null;
      if (!doc.handle || doc.seen === null || (disk && 'status' in disk) || disk?.hash === doc.seen) continue;
      doc.seen = disk?.hash ?? null;
      changes.push({ doc: doc.token, text: disk?.text ?? null, hash: doc.seen });
    }
    return changes;
  }

  #add({ key, name, handle }: Pick<Doc, 'name' | 'handle'> & Partial<Pick<JournalEntry, 'key'>>): Doc {
    const token = `doc_${randomToken()}`;
    const doc: Doc = { token, key: key ?? crypto.randomUUID(), name, handle, loose: null, seen: null };
    this.#docs.set(token, doc);
    return doc;
  }

  #get(token: DocToken): Doc {
    const doc = this.#docs.get(token);
    if (!doc) throw new Error('LOOM_DOC_UNKNOWN: no such document.');
    return doc;
  }

  async #withHandle(handle: FileSystemFileHandle): Promise<Doc | undefined> {
    // Entries of an earlier visit know their file, so that opening it again finds the unsaved text.
    await this.allUnsaved();
    for (const doc of this.#docs.values())
      if (doc.handle && (await doc.handle.isSameEntry(handle))) return doc;
    return undefined;
  }

  /** What the file holds now; null when it is gone or there is none. */
  async #content(doc: Doc): Promise<Content | Failed | null> {
    if (!doc.handle) return doc.loose;
    try {
      return await readFile(await doc.handle.getFile());
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') return null;
      return refused(doc.name, error);
    }
  }

  async #write(
    doc: Doc,
    handle: FileSystemFileHandle,
    text: string,
    hash: ContentHash,
  ): Promise<Out<'design.saveAs'>> {
    try {
      // Browsers write to a copy and put it in place on close.
      const stream = await handle.createWritable();
      await stream.write(text);
      await stream.close();
    } catch (error) {
      return refused(doc.name, error);
    }
    doc.seen = hash;
    await this.#journal.remove(doc.key, text);
    return { status: 'saved', ...listed(doc), hash };
  }
}

/** 22 characters of randomness, as the contract's tokens want them. */
export const randomToken = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const listed = ({ token, name }: Doc): Listed => ({ doc: token, name, folder: '' });

const refused = (name: string, error: unknown): Failed => ({
  status: 'failed',
  code: 'LOOM_IO',
  reason: `${name}: the browser refused (${error instanceof Error ? error.message : error}). Your edits are kept; try again or save as another file.`,
});
