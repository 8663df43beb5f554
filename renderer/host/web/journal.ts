/** Unsaved text of one document. */
export interface JournalEntry {
  readonly key: string;
  readonly name: string;
  readonly text: string;
  readonly baseHash: string | null;
  readonly at: string;
  /** The file it is an edit of, where the browser gave access to one. */
  readonly handle: FileSystemFileHandle | null;
}

const storeName = 'journal';

/** Unsaved text in this browser's IndexedDB, which survives a crash of the page and of the browser. */
export class WebJournal {
  #database: Promise<IDBDatabase> | undefined;

  async write(entry: JournalEntry): Promise<void> {
    await this.#run('readwrite', (store) => store.put(entry));
  }

  async read(key: string): Promise<JournalEntry | undefined> {
    return this.#run('readonly', (store) => store.get(key));
  }

  /** Forgets the entry; with `savedText`, only if that is what it holds (a newer edit stays). */
  async remove(key: string, savedText?: string): Promise<void> {
    if (savedText !== undefined && (await this.read(key))?.text !== savedText) return;
    await this.#run('readwrite', (store) => store.delete(key));
  }

  /** All entries, newest first. */
  async all(): Promise<JournalEntry[]> {
    const entries = await this.#run<JournalEntry[]>('readonly', (store) => store.getAll());
    return entries.sort((a, b) => b.at.localeCompare(a.at));
  }

  /** One request in a transaction of its own; settles when the transaction is complete and so durable. */
  async #run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    this.#database ??= open();
    const transaction = (await this.#database).transaction(storeName, mode, { durability: 'strict' });
    const request = ask(transaction.objectStore(storeName));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('brokerloom', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: 'key' });
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
