import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from '../../../core/zod.ts';
import { writeAtomic } from '../../../disk/index.ts';

const Entry = z.strictObject({
  /** Absolute path of the document; null for one that was never saved. */
  path: z.string().nullable(),
  name: z.string(),
  text: z.string(),
  /** Content the text was an edit of; null when there was no file. */
  baseHash: z.string().nullable(),
  at: z.iso.datetime(),
});
/** Unsaved text of one document. */
export type JournalEntry = z.infer<typeof Entry>;

/**
 * Unsaved text, one file per document, in the user's data folder and so outside any repository. Each write replaces
 * the file atomically: a kill leaves the previous entry or the new one.
 */
export class Journal {
  readonly #folder: string;
  /** Writes and removals of one entry happen in the order they were asked for. */
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** `key` names the document; 64 hex digits, since it becomes the name of a file. */
  write(key: string, entry: JournalEntry): Promise<void> {
    return this.#queue(key, async () => {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const written = await writeAtomic(this.#file(key), JSON.stringify(entry));
      if (!written.ok) throw new Error(`LOOM_JOURNAL: ${written.error.message}`);
    });
  }

  read(key: string): Promise<JournalEntry | null> {
    return this.#queue(key, () => read(this.#file(key)));
  }

  /** Forgets the entry; with `savedText`, only if that is what it holds (a newer edit stays). */
  remove(key: string, savedText?: string): Promise<void> {
    return this.#queue(key, async () => {
      if (savedText !== undefined && (await read(this.#file(key)))?.text !== savedText) return;
      await rm(this.#file(key), { force: true });
    });
  }

  /** All entries, newest first. */
  async all(): Promise<(JournalEntry & { readonly key: string })[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const entries = await Promise.all(
      names
        .filter((name) => name.endsWith('.json'))
        .map(async (name) => ({ name, entry: await read(join(this.#folder, name)) })),
    );
    return entries
      .flatMap(({ name, entry }) => (entry ? [{ ...entry, key: name.slice(0, -'.json'.length) }] : []))
      .sort((a, b) => b.at.localeCompare(a.at));
  }

  #file(key: string): string {
    return join(this.#folder, `${key}.json`);
  }

  #queue<T>(key: string, task: () => Promise<T>): Promise<T> {
    const file = this.#file(key);
    const result = (this.#queues.get(file) ?? Promise.resolve()).then(task, task);
    const settled = result
      .catch(() => undefined)
      .then(() => {
        if (this.#queues.get(file) === settled) this.#queues.delete(file);
      });
    this.#queues.set(file, settled);
    return result;
  }
}

/** A damaged entry is left on disk and treated as absent: it must not keep the app from starting. */
async function read(file: string): Promise<JournalEntry | null> {
  try {
    return Entry.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!missing) console.error(`brokerloom: the journal entry ${file} cannot be read and is left alone`);
    return null;
  }
}
