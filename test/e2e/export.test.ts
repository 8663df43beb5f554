import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { root } from './support/root.ts';
import { WebApp } from './support/web.ts';

let folder: string;
let app: LaunchedApp;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-export-'));
  const file = join(folder, 'shop.loom.yaml');
  await copyFile(join(root, 'examples', 'e-commerce.loom.yaml'), file);
  app = await launchApp({ file });
  await app.page.locator('[data-id="queues/payments"]').waitFor();
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

/** Exports by command to a file of the folder, and waits for the word that it is there. */
async function exportAs(command: string, name: string): Promise<string> {
  const path = join(folder, name);
  await app.answerSave(path);
  await app.page.keyboard.press('Control+k');
  await app.page.getByPlaceholder('Search elements and commands').fill(`export as ${command}`);
  await app.page.keyboard.press('Enter');
  await app.page.getByText(`Exported ${name}`).first().waitFor();
  return path;
}

const keep = async (path: string, name: string): Promise<void> => {
  await mkdir(join(root, 'test-results'), { recursive: true });
  await copyFile(path, join(root, 'test-results', name));
};

test('a picture holds the whole drawing, whatever part of it the window shows', async () => {
  await app.page.locator('[data-id="queues/payments"]').click();
  await app.page.keyboard.press('1');
  const svg = await readFile(await exportAs('svg', 'shop.svg'), 'utf8');
  for (const id of ['checkout', 'orders', 'confirmations.dlq', 'count-orders'])
    expect(svg).toContain(`>${id}`);
  expect(svg).toMatch(/viewBox="-32 -80 1280 816"/);
  expect(svg).toContain('@font-face');
});

test('a PNG picture is twice as fine as the drawing, in the theme of the window', async () => {
  for (const theme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme: theme });
    await app.page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor();
    const path = await exportAs('png', `shop-${theme}.png`);
    const png = await readFile(path);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2560, 1632]);
    expect(png.length).toBeGreaterThan(50_000);
    await keep(path, `export-${theme}.png`);
  }
});

test('a document has its picture beside it, and a picture that is there is not replaced unasked', async () => {
  const path = await exportAs('markdown', 'shop.md');
  const text = await readFile(path, 'utf8');
  expect(text).toContain('](shop.svg)');
  expect(text).toContain('## Message contracts');
  expect(text).toContain('13 pass, 1 n/a.');
  expect(await readFile(join(folder, 'shop.svg'), 'utf8')).toMatch(/^<svg /);

  await writeFile(join(folder, 'shop.svg'), 'mine');
  await rm(path);
  const asked = await app.answerQuestion('Cancel');
  await app.page.keyboard.press('Control+k');
  await app.page.getByPlaceholder('Search elements and commands').fill('export as markdown');
  await app.page.keyboard.press('Enter');
  expect(await asked()).toBe('shop.svg is there already.');
  await app.page.evaluate(() => new Promise(requestAnimationFrame));
  expect(existsSync(path)).toBe(false);
  expect(await readFile(join(folder, 'shop.svg'), 'utf8')).toBe('mine');
});

test('from the menu; Mermaid; and a place that cannot be written says so and keeps the design', async () => {
  const path = join(folder, 'shop.mmd');
  await app.answerSave(path);
  await app.app.evaluate(({ Menu }) => {
    const item = (label: string, of = Menu.getApplicationMenu()) =>
      of?.items.find((one) => one.label === label);
    item('Mermaid flowchart…', item('Export', item('&File')?.submenu)?.submenu)?.click();
  });
  await app.page.getByText('Exported shop.mmd').waitFor();
  expect(await readFile(path, 'utf8')).toMatch(/^flowchart LR\n/);

  await app.answerSave(join(folder, 'nowhere', 'shop.mmd'));
  await app.page.keyboard.press('Control+k');
  await app.page.getByPlaceholder('Search elements and commands').fill('export as mermaid');
  await app.page.keyboard.press('Enter');
  await app.page.getByText(/^shop\.mmd: .*The design is as it was; export it to another place\./).waitFor();
  expect(app.pageErrors).toEqual([]);
});

test('in the web app the document has a Mermaid flowchart in it, and pictures are the same', async () => {
  const web = await WebApp.launch({ width: 1024, height: 700 });
  try {
    await web.page.locator('[data-template="fulfilment"]').click();
    await web.page.locator('[data-id="queues/shipping"]').waitFor();
    for (const [command, name] of [
      ['markdown', 'fulfilment.md'],
      ['png', 'fulfilment.png'],
    ] as const) {
      await web.page.keyboard.press('Control+k');
      await web.page.getByPlaceholder('Search elements and commands').fill(`export as ${command}`);
      await web.page.keyboard.press('Enter');
      await web.page.getByText(`Exported ${name}`).first().waitFor();
    }
    expect(await web.read('fulfilment.md')).toContain('```mermaid\nflowchart LR\n');
    expect(await web.read('fulfilment.png')).toMatch(/^.PNG/);
    expect(web.pageErrors).toEqual([]);
  } finally {
    await web.close();
  }
});
