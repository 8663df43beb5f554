import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, session as electronSession } from 'electron';
import type { DocToken } from '../../core/contract/ipc.ts';
import { Configs } from './files/config.ts';
import { Documents } from './files/documents.ts';
import { ExportTargets } from './files/exports.ts';
import { Journal } from './files/journal.ts';
import { RecentFiles } from './files/recent.ts';
import { Folders } from './generate/folders.ts';
import { denyPermissions, hardenAllContents } from './harden.ts';
import { appHandlers } from './ipc/app.ts';
import { designHandlers } from './ipc/design.ts';
import { exportHandlers } from './ipc/export.ts';
import { generateHandlers } from './ipc/generate.ts';
import { registerHandlers, send } from './ipc/register.ts';
import { reviewHandlers } from './ipc/review.ts';
import { setMenu } from './menu.ts';
import { registerAppScheme, serveApp } from './protocol.ts';
import { createWindow } from './window.ts';

/** The design named on a command line, if it names one that is there. */
function designIn(argv: readonly string[], folder: string): string | null {
  const named = argv.slice(1).find((argument) => /\.ya?ml$/.test(argument) && !argument.startsWith('-'));
  if (named === undefined) return null;
  const path = join(named.startsWith('/') || /^[A-Za-z]:/.test(named) ? '' : folder, named);
  return existsSync(path) ? path : null;
}

async function run(): Promise<void> {
  await app.whenReady();
  let window: BrowserWindow | undefined;
  const userData = app.getPath('userData');
  const documents = new Documents(
    new Journal(join(userData, 'journal')),
    new RecentFiles(join(userData, 'recent.json')),
    (doc, disk) =>
      window &&
      send(window, 'design.changedOnDisk', { doc, text: disk?.text ?? null, hash: disk?.hash ?? null }),
  );
  const dirty = new Set<DocToken>();
  const path = designIn(process.argv, process.cwd());
  const session = {
    documents,
    configs: new Configs(documents, (doc) => window && send(window, 'review.configChanged', { doc })),
    folders: new Folders(),
    exports: new ExportTargets(),
    dirty,
    initial: path === null ? null : documents.at(path),
    window: () => {
      if (!window) throw new Error('LOOM_NO_WINDOW: the window is gone.');
      return window;
    },
  };

  denyPermissions(electronSession.defaultSession);
  await serveApp(electronSession.defaultSession, join(__dirname, '../renderer'));
  registerHandlers({
    ...appHandlers(session),
    ...designHandlers(session),
    ...reviewHandlers(session),
    ...exportHandlers(session),
    ...generateHandlers(session),
  });
  setMenu((command) => window && send(window, 'app.menuCommand', { command }));

  app.on('second-instance', (_event, argv, folder) => {
    const other = designIn(argv, folder);
    if (!window) return;
    if (window.isMinimized()) window.restore();
    window.focus();
    if (other !== null) send(window, 'design.openRequested', { doc: documents.at(other) });
  });
  app.on('window-all-closed', () => app.quit());
  window = createWindow(join(__dirname, '../preload'), {
    names: () => [...dirty].map((doc) => documents.name(doc)),
    discard: async () => {
      await Promise.all([...dirty].map((doc) => documents.discard(doc)));
      dirty.clear();
    },
  });
}

registerAppScheme();
hardenAllContents();
if (app.requestSingleInstanceLock()) {
  void run();
} else {
  console.log('brokerloom: already running');
  app.quit();
}
