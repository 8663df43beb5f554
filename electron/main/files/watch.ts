import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/**
 * Calls `changed` after something happened to `path`: written, replaced, deleted or put back. The folder is watched,
 * not the file, since editors and git replace files by renaming. Events come in bursts; one call covers a burst.
 * Returns the end of the watch. A folder that cannot be watched is not an error: saving compares contents anyway.
 */
export function watchFile(path: string, changed: () => void): () => void {
  const name = basename(path);
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  const notice = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, 50);
  };
  try {
    watcher = watch(dirname(path), { persistent: false }, (_type, file) => {
      if (file === null || file === name) notice();
    });
    watcher.on('error', () => watcher?.close());
  } catch {
    watcher = undefined;
  }
  return () => {
    clearTimeout(timer);
    watcher?.close();
  };
}
