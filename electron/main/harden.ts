import { app, type Session, shell, type WebPreferences } from 'electron';
import { appOrigin } from './protocol.ts';
import { parseUrl } from './url.ts';

/**
 * Spelled out although most are Electron's defaults: the security test reads them back from every window, and a
 * changed default of a later Electron must not change what the page may do.
 */
export const safeWebPreferences = {
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const satisfies WebPreferences;

/** Denies navigation, new windows and embedded views to every page the app ever creates. */
export function hardenAllContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void }, url: string) => {
      // A reload (after a renderer crash) is a navigation to the page itself.
      if (url !== `${appOrigin}/index.html`) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** No permission (camera, notifications, USB …) is ever needed, so none is granted. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, grant) => grant(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/**
 * Opens a link in the user's browser. Only a URL that parses as https, names a host and carries no credentials gets
 * that far: other schemes can start programs.
 */
export async function openExternal(url: string): Promise<boolean> {
  const parsed = parseUrl(url);
  if (parsed?.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '') return false;
  await shell.openExternal(parsed.href);
  return true;
}
