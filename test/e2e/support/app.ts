import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import { type Display, startDisplay } from './display.ts';
import { root } from './root.ts';
import { electronWithApp } from './runtime.ts';

/** The real app in a real window. */
export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Where this run keeps journal and settings; pass it to the next launch to be the same user. */
  readonly userData: string;
  /** Errors the page logged or threw, policy violations among them. */
  readonly pageErrors: readonly string[];
  /** Answers the next "open file" and "pick folder" dialogs with this path; none: the user cancels. */
  answerOpen(path?: string): Promise<void>;
  /** Answers the next "save as" dialogs with this path; none: the user cancels. */
  answerSave(path?: string): Promise<void>;
  /** Answers the next question boxes with the button of this label; the result waits for what the first one asks. */
  answerQuestion(button: string): Promise<() => Promise<string>>;
  /** Starts the app once more for the same user and gives what that second process printed until it ended. */
  startAgain(file: string): Promise<string>;
  /** Writes `test-results/<name>.png`. */
  screenshot(name: string): Promise<void>;
  /** Ends the app without asking, as the system would at logout; unsaved text stays in the journal. */
  close(): Promise<void>;
  /** SIGKILL to the app: nothing gets to run. */
  kill(): Promise<void>;
}

/** Launches the built app, on a virtual display of its own. `file` is opened as if named on the command line. */
export async function launchApp(
  options: { file?: string; userData?: string; width?: number; height?: number } = {},
): Promise<LaunchedApp> {
  const executablePath = await electronWithApp();
  const userData = options.userData ?? (await mkdtemp(join(tmpdir(), 'brokerloom-e2e-')));
  const display = await startDisplay();
  const app = await launch(executablePath, display, userData, options.file);
  const page = await app.firstWindow();
  const pageErrors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && pageErrors.push(message.text()));
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  const size = { width: options.width ?? 1440, height: options.height ?? 900 };
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
  }, size);
  const main = app.process();

  const finish = async (end: () => unknown) => {
    const gone = new Promise<void>((resolve) => main.once('exit', () => resolve()));
    end();
    if (main.exitCode === null && main.signalCode === null) await gone;
    await display.stop();
    if (options.userData === undefined) forget.push(userData);
  };
  return {
    app,
    page,
    userData,
    pageErrors,
    answerOpen: (path) =>
      app.evaluate(
        ({ dialog }, filePaths) => {
          dialog.showOpenDialog = async () => ({ canceled: filePaths.length === 0, filePaths });
        },
        path === undefined ? [] : [path],
      ),
    answerSave: (path) =>
      app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: filePath === '', filePath });
      }, path ?? ''),
    answerQuestion: async (button) => {
      await app.evaluate(({ dialog }, label) => {
        const asked = new Promise<string>((resolve) => {
          dialog.showMessageBox = (async (...args: unknown[]) => {
            const box = args.at(-1) as { buttons: string[]; message: string };
            resolve(box.message);
            return { response: box.buttons.indexOf(label), checkboxChecked: false };
          }) as typeof dialog.showMessageBox;
        });
        Object.assign(globalThis, { asked });
      }, button);
      return () => app.evaluate(() => (globalThis as unknown as { asked: Promise<string> }).asked);
    },
    startAgain: async (other) => {
      const env = { ...process.env, DISPLAY: display.name };
      const { stdout } = await promisify(execFile)(executablePath, argumentsFor(userData, other), { env });
      return stdout;
    },
    screenshot: async (name) => {
      await page.screenshot({ path: join(root, 'test-results', `${name}.png`) });
    },
    // Not awaited: the app is gone before it can answer.
    close: () => finish(() => void app.evaluate(({ app }) => app.exit(0)).catch(() => undefined)),
    kill: () => finish(() => main.kill('SIGKILL')),
  };
}

/** Folders of launches that were not given one, removed at the end since a later launch may reuse them. */
const forget: string[] = [];
process.once('exit', () => {
  for (const folder of forget) rmSync(folder, { recursive: true, force: true });
});

async function launch(executablePath: string, display: Display, userData: string, file?: string) {
  const args = argumentsFor(userData, file);
  try {
    const env = { ...(process.env as Record<string, string>), DISPLAY: display.name };
    return await electron.launch({ executablePath, args, env, timeout: 60_000 });
  } catch (error) {
    await display.stop();
    throw error;
  }
}

const argumentsFor = (userData: string, file?: string): string[] => [
  // Chromium's sandbox cannot be set up by root, as which containers run tests.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  `--user-data-dir=${userData}`,
  '--force-device-scale-factor=1',
  ...(file === undefined ? [] : [file]),
];
