import type { BrowserWindow } from 'electron';
import type { DocToken } from '../../../core/contract/ipc.ts';
import type { Configs } from '../files/config.ts';
import type { Documents } from '../files/documents.ts';
import type { ExportTargets } from '../files/exports.ts';
import type { Folders } from '../generate/folders.ts';

/** What the handlers of one running app work on. */
export interface AppSession {
  readonly documents: Documents;
  readonly configs: Configs;
  readonly folders: Folders;
  readonly exports: ExportTargets;
  /** Documents whose edits would be lost if the window closed. */
  readonly dirty: Set<DocToken>;
  /** Document named on the command line. */
  readonly initial: DocToken | null;
  window(): BrowserWindow;
}
