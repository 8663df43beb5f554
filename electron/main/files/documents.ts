import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import type {
  ContentHash,
  DocToken,
  Failed,
  Listed,
  Opened,
  Out,
  Recovered,
} from '../../../core/contract/ipc.ts';
import { ok } from '../../../core/result.ts';
import { type FileProblem, writeAtomic } from '../../../disk/index.ts';
import { type Content, hashOf, readContent, saveContent } from './content.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { RecentFiles } from './recent.ts';
import { watchFile } from './watch.ts';

interface Doc {
  readonly token: DocToken;
  /** Null until the first save. */
  readonly path: string | null;
  readonly name: string;
  /** Name of its journal entry. */
  readonly key: string;
  /** What the page was last told the disk holds; undefined: the page has not opened it. */
  seen?: ContentHash | null;
  /** What a save in progress writes: the watcher may report its rename before the save is done. */
  writing?: ContentHash;
  stopWatching?: () => void;
}

/** Told about a change on disk that did not come from here; null: the file is gone. */
export type DiskListener = (doc: DocToken, disk: Content | null) => void;

/** Knows which token stands for which file, and reads, saves and watches those files. */
export class Documents {
  readonly #journal: Journal;
  readonly #recent: RecentFiles;
  readonly #changed: DiskListener;
  readonly #docs = new Map<DocToken, Doc>();

  constructor(journal: Journal, recent: RecentFiles, changed: DiskListener) {
    this.#journal = journal;
    this.#recent = recent;
    this.#changed = changed;
  }

  /** The token of a file. Different paths to one file give one token. */
  at(path: string): DocToken {
    const absolute = resolve(path);
    const key = hashOf(canonical(absolute));
    const known = [...this.#docs.values()].find((doc) => doc.key === key);
    return (known ?? this.#add({ path: absolute, name: basename(absolute), key })).token;
  }

  create(name: string): Opened {
    const doc = this.#add({ path: null, name, key: randomBytes(32).toString('hex') });
    return { status: 'opened', ...listed(doc), text: '', hash: null, recovered: null };
  }

  /** Reads the document from disk, with its unsaved text if the journal holds one, and watches it from now on. */
  async open(token: DocToken): Promise<Opened | Failed> {
    const doc = this.#get(token);
    const read = doc.path === null ? ok(null) : await readContent(doc.path);
    if (!read.ok) return failure(read.error, doc.name);
    const disk = read.value;
    const entry = await this.#journal.read(doc.key);
    const recovered = entry && entry.text !== disk?.text ? recoveredFrom(entry) : null;
    if (!disk && !recovered) {
      const reason = `${doc.name} is no longer in ${folderLabel(doc.path)}. Open it where it is now.`;
      return { status: 'failed', code: 'LOOM_FILE_GONE', reason };
    }
    this.#watch(doc, disk?.hash ?? null);
    if (doc.path !== null && disk) await this.#recent.add(doc.path);
    return { status: 'opened', ...listed(doc), text: disk?.text ?? '', hash: disk?.hash ?? null, recovered };
  }

  /** Saves a document that has a file; the caller asks for a place first when it has none. */
  async save(token: DocToken, text: string, base: ContentHash | null): Promise<Out<'design.save'>> {
    const doc = this.#get(token);
    if (doc.path === null)
      return { status: 'failed', code: 'LOOM_FILE_NO_PLACE', reason: 'Choose where to save it.' };
    doc.writing = hashOf(text);
    const outcome = await saveContent(doc.path, text, base);
    delete doc.writing;
    if (!outcome.ok) return failure(outcome.error, doc.name, 'not saved');
    if (outcome.value.status === 'conflict') {
      const disk = outcome.value.disk;
      doc.seen = disk?.hash ?? null;
      return { status: 'conflictOnDisk', text: disk?.text ?? null, hash: disk?.hash ?? null };
    }
    await this.#afterSave(doc, text, outcome.value.hash);
    return { status: 'saved', ...listed(doc), hash: outcome.value.hash };
  }

  /** Saves to a place the user just chose (and confirmed, if a file was there). */
  async saveAs(from: DocToken, path: string, text: string): Promise<Out<'design.saveAs'>> {
    const doc = this.#get(this.at(path));
    const hash = hashOf(text);
    doc.writing = hash;
    const written = await writeAtomic(path, text);
    delete doc.writing;
    if (!written.ok) return failure(written.error, doc.name, 'not saved');
    await this.#afterSave(doc, text, hash);
    const old = this.#get(from);
    if (old !== doc) {
      old.stopWatching?.();
      await this.#journal.remove(old.key);
    }
    return { status: 'saved', ...listed(doc), hash };
  }

  /** Keeps unsaved text; text that the file has by now is none (the page may have asked before a save was done). */
  async keep(token: DocToken, text: string, baseHash: ContentHash | null): Promise<{ at: string }> {
    const { key, path, name, seen } = this.#get(token);
    const at = new Date().toISOString();
    if (seen === hashOf(text)) await this.#journal.remove(key);
    else await this.#journal.write(key, { path, name, text, baseHash, at });
    return { at };
  }

  async unsaved(token: DocToken): Promise<Recovered | null> {
    const entry = await this.#journal.read(this.#get(token).key);
    return entry && recoveredFrom(entry);
  }

  discard(token: DocToken): Promise<void> {
    return this.#journal.remove(this.#get(token).key);
  }

  /** Documents with unsaved text from an earlier run, newest first. */
  async allUnsaved(): Promise<(Listed & { readonly at: string })[]> {
    return (await this.#journal.all()).map(({ path, name, key, at }) => {
      const known = [...this.#docs.values()].find((doc) => doc.key === key);
      return { ...listed(known ?? this.#add({ path, name, key })), at };
    });
  }

  async recent(): Promise<Listed[]> {
    return (await this.#recent.list()).map((path) => listed(this.#get(this.at(path))));
  }

  /** Takes a document off the list of recent ones. */
  async forget(token: DocToken): Promise<void> {
    const { path } = this.#get(token);
    if (path !== null) await this.#recent.remove(path);
  }

  /** Path of a document, for the dialogs that start from it. */
  pathOf(token: DocToken): string | null {
    return this.#get(token).path;
  }

  name(token: DocToken): string {
    return this.#get(token).name;
  }

  #add(doc: Omit<Doc, 'token'>): Doc {
    const added: Doc = { ...doc, token: `doc_${randomBytes(16).toString('base64url')}` };
    this.#docs.set(added.token, added);
    return added;
  }

  #get(token: DocToken): Doc {
    const doc = this.#docs.get(token);
    if (!doc) throw new Error('LOOM_DOC_UNKNOWN: no such document.');
    return doc;
  }

  async #afterSave(doc: Doc, text: string, hash: ContentHash): Promise<void> {
    this.#watch(doc, hash);
    await this.#journal.remove(doc.key, text);
    if (doc.path !== null) await this.#recent.add(doc.path);
  }

  #watch(doc: Doc, hash: ContentHash | null): void {
    doc.seen = hash;
    const { path } = doc;
    if (path === null || doc.stopWatching) return;
    doc.stopWatching = watchFile(path, async () => {
      const disk = await readContent(path);
      // Unreadable for a moment (a checkout in progress) is not a change; a next event will come.
      if (!disk.ok) return;
      const hash = disk.value?.hash ?? null;
      if (hash === doc.seen || hash === doc.writing) return;
      doc.seen = hash;
      this.#changed(doc.token, disk.value);
    });
  }
}

const listed = ({ token, name, path }: Doc): Listed => ({ doc: token, name, folder: folderLabel(path) });

const recoveredFrom = ({ text, baseHash, at }: JournalEntry): Recovered => ({ text, baseHash, at });

/** The folder of a file as the user knows it; a label to show. */
export function folderLabel(path: string | null): string {
  if (path === null) return '';
  const folder = dirname(path);
  return folder.startsWith(homedir()) ? `~${folder.slice(homedir().length)}` : folder;
}

function canonical(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Names the document, not its path; after a failed save, says what was kept. */
function failure({ code, message, hint }: FileProblem, name: string, action?: 'not saved'): Failed {
  const kept = 'It was not saved; the file on disk is as it was and your edits are kept.';
  const reason = [`${name}: ${message}`, action && kept, hint].filter(Boolean).join(' ');
  return { status: 'failed', code, reason };
}
