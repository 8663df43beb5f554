import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** The file called `name` in the folder of `path` or in the nearest folder above it; `undefined` where there is none. */
export async function findAbove(path: string, name: string): Promise<string | undefined> {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const candidate = join(folder, name);
    const isThere = await stat(candidate).then(
      () => true,
      () => false,
    );
    if (isThere) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}
