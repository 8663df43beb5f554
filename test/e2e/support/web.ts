import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumPath, type Started, start } from './start.ts';

/** The web app in a browser, served as `npm run web` serves it. */
export class WebApp {
  readonly page: Page;
  /** Errors the page logged or threw. */
  readonly pageErrors: string[] = [];
  readonly #browser: Browser;
  readonly #server: Started;

  private constructor(page: Page, browser: Browser, server: Started) {
    this.page = page;
    this.#browser = browser;
    this.#server = server;
  }

  static async launch(size: { width: number; height: number }): Promise<WebApp> {
    const server = start(['--web'], {});
    const line = await server.line(/^Brokerloom is at /);
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const browser = await chromium.launch({ executablePath: chromiumPath, args });
    const page = await browser.newPage({ viewport: size });
    const app = new WebApp(page, browser, server);
    page.on('pageerror', (error) => app.pageErrors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && app.pageErrors.push(message.text()));
    await page.addInitScript(answerPickers);
    await page.goto(line.split(' ').at(-1) ?? '');
    await page.getByRole('button', { name: 'New design' }).waitFor();
    return app;
  }

  /** Text of a file that the user has given the page, by its path. */
  read(path: string): Promise<string> {
    return this.page.evaluate(readPrivate, path);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
  }
}

/** Answers the browser's dialogs with entries of its private file system: real handles, without a dialog. Runs in the page. */
function answerPickers(): void {
  const files = () => navigator.storage.getDirectory();
  Object.assign(window, {
    showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) =>
      (await files()).getFileHandle(suggestedName, { create: true }),
    showDirectoryPicker: async () => (await files()).getDirectoryHandle('generated', { create: true }),
  });
}

/** Runs in the page. */
async function readPrivate(path: string): Promise<string> {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let folder = await navigator.storage.getDirectory();
  for (const part of parts) folder = await folder.getDirectoryHandle(part);
  return (await (await folder.getFileHandle(name)).getFile()).text();
}
