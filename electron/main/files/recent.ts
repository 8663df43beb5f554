import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from '../../../core/zod.ts';
import { writeAtomic } from '../../../disk/index.ts';

const Paths = z.array(z.string());
const limit = 12;

/** Paths of the documents opened or saved last, newest first. Kept in one file of the user's data folder. */
export class RecentFiles {
  readonly #file: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  async list(): Promise<string[]> {
    try {
      return Paths.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      // Missing or damaged: the list is a convenience and starts again.
      return [];
    }
  }

  remove(path: string): Promise<void> {
    return this.#change((paths) => paths.filter((other) => other !== path));
  }

  add(path: string): Promise<void> {
    return this.#change((paths) => [path, ...paths.filter((other) => other !== path)].slice(0, limit));
  }

  #change(change: (paths: readonly string[]) => readonly string[]): Promise<void> {
    const update = async () => {
      const paths = change(await this.list());
      await mkdir(dirname(this.#file), { recursive: true });
      await writeAtomic(this.#file, JSON.stringify(paths));
    };
    const result = this.#writing.then(update, update);
    this.#writing = result.catch(() => undefined);
    return result;
  }
}
