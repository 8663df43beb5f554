import { dirname, join, relative, resolve } from 'node:path';
import type { DocToken, Out } from '../../../core/contract/ipc.ts';
import { CONFIG_FILE } from '../../../core/review/config/name.ts';
import { findAbove, readDesign } from '../../../disk/index.ts';
import { type Documents, folderLabel } from './documents.ts';
import { watchFile } from './watch.ts';

/** Finds the configuration by which a document is reviewed, and watches for it. */
export class Configs {
  readonly #documents: Pick<Documents, 'pathOf'>;
  readonly #changed: (doc: DocToken) => void;
  #stops: readonly (() => void)[] = [];

  constructor(documents: Pick<Documents, 'pathOf'>, changed: (doc: DocToken) => void) {
    this.#documents = documents;
    this.#changed = changed;
  }

  /** The configuration of a document; what was watched for another one is not watched any longer. */
  async of(doc: DocToken): Promise<Out<'review.config'>> {
    const path = this.#documents.pathOf(doc);
    const found = path === null ? undefined : await findAbove(path, CONFIG_FILE);
    this.stop();
    if (path === null) return { status: 'none' };
    this.#stops = [...foldersUpTo(path, found)].map((folder) =>
      watchFile(join(folder, CONFIG_FILE), () => this.#changed(doc)),
    );
    if (found === undefined) return { status: 'none' };
    const text = await readDesign(found);
    if (!text.ok) {
      const { code, message, hint } = text.error;
      return {
        status: 'failed',
        code,
        reason: [message, hint].filter(Boolean).join(' '),
      };
    }
    const design = relative(dirname(found), resolve(path)).replaceAll('\\', '/');
    return { status: 'found', text: text.value, folder: folderLabel(found), design };
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }
}

/** The folders in which a configuration would be nearer than the one found, and its own; all of them where there is none. */
function* foldersUpTo(path: string, found: string | undefined): Generator<string> {
  const last = found === undefined ? undefined : dirname(found);
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    yield folder;
    if (folder === last || folder === dirname(folder)) return;
  }
}
