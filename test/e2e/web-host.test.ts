import { type Browser, chromium, type Page } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { templates } from '../../examples/templates.ts';
import type { Host } from '../../renderer/host/host.ts';
import { root } from './support/root.ts';
import { chromiumPath } from './support/start.ts';

declare const window: Omit<globalThis.Window, 'brokerloom'> & { host: Host };

let server: ViteDevServer;
let browser: Browser;
let page: Page;
let address: string;

beforeAll(async () => {
  server = await createServer({
    configFile: `${root}/build/vite.web.ts`,
    server: { host: '127.0.0.1', port: 0 },
  });
  await server.listen();
  address = server.resolvedUrls?.local[0] ?? '';
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  browser = await chromium.launch({ executablePath: chromiumPath, args });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  page = await (await browser.newContext()).newPage();
  await load();
});

/** Shows an empty page of the app's origin and makes a host on it, as the app's own page would. */
async function load() {
  const blank = `${address}blank.html`;
  await page.route(blank, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><body>' }),
  );
  await page.goto(blank);
  // A string, since the test runner would rewrite an import() in a function.
  await page.evaluate(`import('/host/web.ts').then(({ webHost }) => { window.host = webHost(); })`);
}

/** Answers the browser's dialogs with entries of its private file system: real handles, without a dialog. */
const answerPickers = () =>
  page.evaluate(async () => {
    const files = await navigator.storage.getDirectory();
    Object.assign(window, {
      showOpenFilePicker: async () => [await files.getFileHandle('design.loom.yaml', { create: true })],
      showSaveFilePicker: ({ suggestedName }: { suggestedName: string }) =>
        files.getFileHandle(suggestedName, { create: true }),
      showDirectoryPicker: () => files.getDirectoryHandle('generated', { create: true }),
    });
  });

const write = (text: string) =>
  page.evaluate(async (text) => {
    const files = await navigator.storage.getDirectory();
    const stream = await (await files.getFileHandle('design.loom.yaml', { create: true })).createWritable();
    await stream.write(text);
    await stream.close();
  }, text);

const read = (path: string) =>
  page.evaluate(async (path) => {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    let folder = await navigator.storage.getDirectory();
    for (const part of parts) folder = await folder.getDirectoryHandle(part);
    const file = await (await folder.getFileHandle(name)).getFile();
    // File.text() would drop a byte order mark.
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer());
  }, path);

async function open() {
  const opened = await page.evaluate(() => window.host.designOpen({}));
  if (opened.status !== 'opened') throw new Error(JSON.stringify(opened));
  return opened;
}
const save = (doc: string, text: string, baseHash: string | null) =>
  page.evaluate((input) => window.host.designSave(input), { doc, text, baseHash });

test('starts with nothing open; a new document has no file', async () => {
  expect(await page.evaluate(() => window.host.appStart({}))).toEqual({
    initial: null,
    unsaved: [],
    recent: [],
  });
  const created = await page.evaluate(() => window.host.designCreate({ name: 'new.loom.yaml' }));
  expect(created).toMatchObject({ status: 'opened', name: 'new.loom.yaml', text: '', hash: null });
});

describe('with the File System Access API', () => {
  beforeEach(answerPickers);

  test('a file is opened and saved byte for byte, and a change by another program is a conflict', async () => {
    await write('\uFEFFbrokerloom: 1\r\n');
    const opened = await open();
    expect(opened.text).toBe('\uFEFFbrokerloom: 1\r\n');
    const saved = await save(opened.doc, `${opened.text}# mine\r\n`, opened.hash);
    expect(saved.status).toBe('saved');
    expect(await read('design.loom.yaml')).toBe('\uFEFFbrokerloom: 1\r\n# mine\r\n');
    await write('theirs');
    const base = saved.status === 'saved' ? saved.hash : null;
    expect(await save(opened.doc, 'mine again', base)).toMatchObject({
      status: 'conflictOnDisk',
      text: 'theirs',
    });
    expect(await read('design.loom.yaml')).toBe('theirs');
  });

  test('a change is noticed when the user comes back to the page', async () => {
    await write('base');
    const { doc } = await open();
    await page.evaluate(() => {
      const change = new Promise((resolve) => window.host.onDesignChangedOnDisk(resolve));
      Object.assign(window, { change });
    });
    await write('theirs');
    const change = page.evaluate(() => (window as unknown as { change: Promise<unknown> }).change);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    expect(await change).toMatchObject({ doc, text: 'theirs' });
  });

  test('unsaved text is found again after the page is gone, with the file it belongs to', async () => {
    await write('base');
    const { doc, hash } = await open();
    const edit = { doc, text: 'edited', baseHash: hash };
    await page.evaluate((input) => window.host.journalWrite(input), edit);
    await load();
    await answerPickers();
    const { initial, unsaved } = await page.evaluate(() => window.host.appStart({}));
    expect(unsaved).toMatchObject([{ name: 'design.loom.yaml' }]);
    expect(initial).toMatchObject({ text: 'base', recovered: { text: 'edited', baseHash: hash } });
    const again = await open();
    expect(again).toMatchObject({ text: 'base', recovered: { text: 'edited', baseHash: hash } });
    await save(again.doc, 'edited', again.hash);
    expect((await open()).recovered).toBeNull();
  });

  test('generates into a folder what is not there yet, and touches nothing else', async () => {
    const { doc } = await page.evaluate(() => window.host.designCreate({ name: 'new.loom.yaml' }));
    const picked = await page.evaluate(() => window.host.generatePickFolder({}));
    if (picked.status !== 'picked') throw new Error('nowhere to generate to');
    const input = { doc, text: templates.fulfilment.text, folder: picked.folder };
    const generate = async () => {
      const result = await page.evaluate((input) => window.host.generateWrite(input), input);
      if (result.status !== 'done') throw new Error(JSON.stringify(result));
      return new Map(result.changes.map(({ path, status }) => [path, status]));
    };
    expect(new Set((await generate()).values())).toEqual(new Set(['new']));
    const original = await read('generated/package.json');
    await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('generated');
      const stream = await (await folder.getFileHandle('package.json')).createWritable();
      await stream.write('edited');
      await stream.close();
    });
    const again = await generate();
    expect(again.get('package.json')).toBe('conflict');
    expect(new Set(again.values())).toEqual(new Set(['conflict', 'unchanged']));
    expect(await read('generated/package.json')).toBe('edited');
    expect(original).toContain('"workspaces"');
  });
});

describe('without it', () => {
  beforeEach(() =>
    page.evaluate(() =>
      Object.assign(window, {
        showOpenFilePicker: undefined,
        showSaveFilePicker: undefined,
        showDirectoryPicker: undefined,
      }),
    ),
  );

  test('files come by upload and go by download', async () => {
    const chooser = page.waitForEvent('filechooser');
    const opening = open();
    await (await chooser).setFiles({
      name: 'up.loom.yaml',
      mimeType: 'application/yaml',
      buffer: Buffer.from('base'),
    });
    const opened = await opening;
    expect(opened).toMatchObject({ name: 'up.loom.yaml', text: 'base' });
    const download = page.waitForEvent('download');
    expect(await save(opened.doc, 'edited', opened.hash)).toMatchObject({ status: 'saved' });
    expect((await download).suggestedFilename()).toBe('up.loom.yaml');
  });

  test('generating says what to do instead', async () => {
    expect(await page.evaluate(() => window.host.generatePickFolder({}))).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('npx brokerloom generate'),
    });
  });
});
