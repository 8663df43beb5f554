import type { GenerateChange } from '../../../core/contract/ipc.ts';
import { fileStates, stateOf } from './fileState.ts';

/** A line of the tree of files. */
export interface Row {
  readonly path: string;
  /** Folders that hold nothing but one folder are one line: `services/payment/src`. */
  readonly name: string;
  readonly depth: number;
  /** Missing: a folder. */
  readonly change?: GenerateChange;
  readonly isOpen?: boolean;
  /** Files below that generating touches. */
  readonly touched: number;
}

interface Folder {
  readonly path: string;
  readonly folders: Map<string, Folder>;
  readonly files: { readonly name: string; readonly change: GenerateChange }[];
}

const folderAt = (path: string): Folder => ({ path, folders: new Map(), files: [] });

/**
 * Lines of the tree that are visible, folders before files.
 * @param isOpen Whether the user sees what is in a folder.
 */
export function rowsOf(
  changes: readonly GenerateChange[],
  isOpen: (path: string, touched: number) => boolean,
): readonly Row[] {
  const root = folderAt('');
  for (const change of changes) {
    const parts = change.path.split('/');
    const name = parts.pop() ?? '';
    let folder = root;
    for (const part of parts) {
      let next = folder.folders.get(part);
      if (!next) {
        next = folderAt(folder.path === '' ? part : `${folder.path}/${part}`);
        folder.folders.set(part, next);
      }
      folder = next;
    }
    folder.files.push({ name, change });
  }
  return [...below(root, 0, isOpen)];
}

function* below(folder: Folder, depth: number, isOpen: Parameters<typeof rowsOf>[1]): Generator<Row> {
  for (const [part, child] of sorted([...folder.folders], ([name]) => name)) {
    let name = part;
    let inner = child;
    while (inner.folders.size === 1 && inner.files.length === 0) {
      const [[next, only]] = [...inner.folders] as [[string, Folder]];
      name += `/${next}`;
      inner = only;
    }
    const touched = touchedIn(inner);
    const open = isOpen(inner.path, touched);
    yield { path: inner.path, name, depth, isOpen: open, touched };
    if (open) yield* below(inner, depth + 1, isOpen);
  }
  for (const { name, change } of sorted(folder.files, (file) => file.name))
    yield { path: change.path, name, depth, change, touched: 0 };
}

const sorted = <T>(items: readonly T[], key: (item: T) => string): T[] =>
  [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));

function touchedIn({ folders, files }: Folder): number {
  const own = files.filter(({ change }) => fileStates[stateOf(change)].touches).length;
  return [...folders.values()].reduce((sum, folder) => sum + touchedIn(folder), own);
}
