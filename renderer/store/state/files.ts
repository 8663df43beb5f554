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
  /** Step of the history after which the document was opened or saved last. */
  readonly savedStep: number;
  readonly recent: readonly Listed[];
  /** Recent documents whose files turned out to be gone. */
  readonly missing: ReadonlySet<DocToken>;
  readonly conflict: DiskVersion | undefined;
  readonly recovered: Recovered | undefined;
  /** Whether the first document is known, so that an empty window is empty and not still loading. */
  readonly started: boolean;
  start(): Promise<void>;
  newFile(): Promise<void>;
  /** A new document that begins with a text, such as that of a template. */
  startFrom(name: string, text: string): Promise<void>;
  openFile(): Promise<void>;
  openDropped(file: File): Promise<void>;
  /** Takes a document off the list of recent ones. */
  forgetRecent(doc: DocToken): Promise<void>;
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
