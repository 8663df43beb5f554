import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import { build } from 'vite';
import { startDisplay } from '../../test/e2e/support/display.ts';
import { root } from '../../test/e2e/support/root.ts';
import { electronWithApp } from '../../test/e2e/support/runtime.ts';

/** A window with nothing of this project in it, in the same Electron. */
export interface PlainApp {
  readonly page: Page;
  close(): Promise<void>;
}

const folder = join(root, '.electron', 'plain');
const main = (size: { width: number; height: number }): string =>
  `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() =>
  new BrowserWindow({ ...${JSON.stringify(size)}, useContentSize: true }).loadFile('page/index.html'),
);
`;

let installed: Promise<string> | undefined;

/** Makes a second runtime beside that of the tests, of links to the same files, with the plain page in it. */
async function install(): Promise<string> {
  const runtime = join(await electronWithApp(), '..');
  await rm(folder, { recursive: true, force: true });
  await promisify(execFile)('cp', ['-al', runtime, folder]);
  const app = join(folder, 'resources', 'app');
  await rm(app, { recursive: true, force: true });
  await mkdir(app, { recursive: true });
  await writeFile(join(app, 'package.json'), '{ "name": "plain", "main": "main.cjs" }\n');
  await writeFile(join(app, 'main.cjs'), main({ width: 1440, height: 900 }));
  await build({
    root: join(root, 'bench', 'app', 'plain'),
    configFile: false,
    base: './',
    logLevel: 'error',
    build: { outDir: join(app, 'page'), target: 'chrome114', modulePreload: false },
  });
  return join(folder, 'electron');
}

/** Starts it on a display of its own. */
export async function launchPlain(): Promise<PlainApp> {
  installed ??= install();
  const executablePath = await installed;
  const display = await startDisplay();
  const env = { ...(process.env as Record<string, string>), DISPLAY: display.name };
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--force-device-scale-factor=1'];
  const app: ElectronApplication = await electron.launch({ executablePath, args, env, timeout: 60_000 });
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  return {
    page,
    close: async () => {
      await app.close();
      await display.stop();
    },
  };
}
