import type { ContentHash, DocToken, Listed, Recovered } from '../../../core/contract/ipc.ts';

/** The document in the window and the file it came from. */
export interface OpenFile {
  readonly doc: DocToken;
  readonly name: string;
  readonly folder: string;
  /** Hash of the file that the edits are based on; null for a document that was never saved. */
  readonly hash: ContentHash | null;
  /** Text of the file, as last read or written. */
  readonly text: string;
}

/** The file on disk is not what the edits are based on. Null text: it was deleted. */
export interface DiskVersion {
  readonly text: string | null;
  readonly hash: ContentHash | null;
}

export interface FilesSlice {
  readonly file: OpenFile | undefined;
  readonly dirty: boolean;
  readonly recent: readonly Listed[];
  readonly conflict: DiskVersion | undefined;
  readonly recovered: Recovered | undefined;
  /** Whether the first document is known, so that an empty window is empty and not still loading. */
  readonly started: boolean;
  start(): Promise<void>;
  newFile(): Promise<void>;
  openFile(): Promise<void>;
  openListed(doc: DocToken): Promise<void>;
  /** Returns whether everything is saved. */
  save(): Promise<boolean>;
  saveAs(): Promise<boolean>;
  /** Answers a conflict: `disk` takes the file as it is, `mine` writes over it. */
  resolveConflict(choice: 'disk' | 'mine'): Promise<void>;
  resolveRecovered(choice: 'recovered' | 'disk'): Promise<void>;
  textChanged(text: string): void;
  changedOnDisk(doc: DocToken, version: DiskVersion): void;
}
