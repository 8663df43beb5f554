import { join } from 'node:path';
import { BrowserWindow, dialog, nativeTheme } from 'electron';
import { safeWebPreferences } from './harden.ts';
import { send } from './ipc/register.ts';
import { appOrigin } from './protocol.ts';

/** What the window must know before it may close. */
export interface Unsaved {
  /** Names of documents whose edits would be lost. */
  names(): readonly string[];
  /** The user chose to lose them. */
  discard(): Promise<void>;
}

/** The app's window, not yet shown: it appears with its first paint. */
export function createWindow(preload: string, unsaved: Unsaved): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: 'Brokerloom',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#f7f8fa',
    webPreferences: { ...safeWebPreferences, preload: join(preload, 'index.cjs') },
  });
  window.once('ready-to-show', () => {
    window.show();
    // `npm start` waits for this line: an exit before it means that this machine cannot show the window.
    console.log('brokerloom: window shown');
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    // Unsaved text is in the journal; the reloaded page offers it.
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  askBeforeClose(window, unsaved);
  void window.loadURL(`${appOrigin}/index.html`);
  return window;
}

function askBeforeClose(window: BrowserWindow, unsaved: Unsaved): void {
  let asking = false;
  window.on('close', (event) => {
    const names = unsaved.names();
    if (names.length === 0) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void ask(window, names, unsaved).finally(() => {
      asking = false;
    });
  });
}

async function ask(window: BrowserWindow, names: readonly string[], unsaved: Unsaved): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `Save the changes to ${names.join(', ')}?`,
    detail: 'Changes that are not saved are lost when the window closes.',
    buttons: ['Save', 'Do not save', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  if (response === 0) send(window, 'app.saveRequested', {});
  if (response === 1) {
    await unsaved.discard();
    window.close();
  }
}
