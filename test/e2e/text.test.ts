import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { root } from './support/root.ts';
import { User } from './support/user.ts';

let folder: string;
let app: LaunchedApp;
let user: User;
let text: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-text-'));
  text = await readFile(join(root, 'examples/naive.loom.yaml'), 'utf8');
  const file = join(folder, 'design.loom.yaml');
  await writeFile(file, text);
  app = await launchApp({ file });
  user = new User(app.page);
  await app.page.locator('.react-flow__node').first().waitFor();
  await user.press('Control+e');
  await lines().first().waitFor();
  await app.page
    .locator('.monaco-editor')
    .first()
    .click({ position: { x: 200, y: 40 } });
});
afterEach(async () => {
  expect(app.pageErrors).toEqual([]);
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const lines = () => app.page.locator('.monaco-editor .view-line');
const saved = async () => {
  await user.press('Control+s');
  await app.page.getByTestId('file-state').getByText('saved').waitFor();
  return readFile(join(folder, 'design.loom.yaml'), 'utf8');
};

/** Puts the cursor into the word of a line, as somebody would who types the number of the line. */
async function goTo(line: string, word: string): Promise<void> {
  const number = text.split('\n').findIndex((one) => one.includes(line)) + 1;
  expect(number, `${line} is in the text`).toBeGreaterThan(0);
  const column = (text.split('\n')[number - 1] ?? '').indexOf(line) + line.indexOf(word) + 2;
  await user.press('Control+g');
  await user.type(`${number}:${column}`);
  await user.press('Enter');
  await app.page.locator('.active-line-number', { hasText: String(number) }).waitFor();
}

describe('the text editor', () => {
  test('offers the ids that a reference may name, and writes the one that is chosen', async () => {
    const { page } = app;
    await goTo('destination: shipping', 'shipping');
    await user.press('Control+ArrowLeft');
    await user.press('Control+Delete');
    await user.press('Control+Space');
    const offered = page.locator('.suggest-widget .monaco-list-row');
    await offered.filter({ hasText: 'email' }).first().waitFor();
    expect(await offered.filter({ hasText: 'order-events' }).count()).toBe(1);
    await app.screenshot('text-completion');
    await user.type('aud');
    await user.press('Enter');
    await page.locator('.suggest-widget').waitFor({ state: 'hidden' });
    expect(await saved()).toBe(text.replace('destination: shipping', 'destination: audit'));
  });

  test('offers the attributes that mean something on the broker of the element', async () => {
    const { page } = app;
    await goTo('deliveryLimit: -1', '-1');
    await user.press('End');
    await user.press('Enter');
    await user.press('Control+Space');
    const offered = page.locator('.suggest-widget .monaco-list-row');
    await offered.filter({ hasText: 'consumerTimeout' }).waitFor();
    // Of SQS; it would stand right below.
    expect(await offered.filter({ hasText: 'contentBasedDedup' }).count()).toBe(0);
    await app.screenshot('text-attributes');
  });

  test('says what a word means and what a reference names', async () => {
    const { page } = app;
    await goTo('channel: email', 'email');
    await lines()
      .filter({ hasText: 'channel: email' })
      .locator('span', { hasText: /^email$/ })
      .hover();
    const shown = page.locator('.monaco-hover').filter({ hasText: 'Queue on work (RabbitMQ)' });
    await shown.first().waitFor();
    await app.screenshot('text-hover');
  });

  test('renames an id wherever it stands, as one step', async () => {
    const { page } = app;
    await goTo('destination: shipping', 'shipping');
    await user.press('F2');
    await page.locator('.rename-box input:focus').waitFor();
    await page.keyboard.press('Control+a');
    await user.type('parcels');
    await app.screenshot('text-rename');
    await user.press('Enter');
    await page.locator('[data-id="queues/parcels"]').waitFor();
    const renamed = await saved();
    expect(renamed).toContain('\n  parcels:\n');
    expect(renamed).toContain('destination: parcels');
    expect(renamed).not.toMatch(/(?:destination|channel|target): shipping\b/);
    await user.press('Control+z');
    expect(await saved()).toBe(text);
  });

  test('refuses a name that is taken, and says why', async () => {
    const { page } = app;
    await goTo('destination: shipping', 'shipping');
    await user.press('F2');
    await page.locator('.rename-box input:focus').waitFor();
    await page.keyboard.press('Control+a');
    await user.type('email');
    await user.press('Enter');
    await page.getByText('email is in queues already.').waitFor();
    expect(await saved()).toBe(text);
  });

  test('goes to the definition and lists the references', async () => {
    const { page } = app;
    await goTo('destination: shipping', 'shipping');
    await user.press('F12');
    const line = text.split('\n').indexOf('  shipping:') + 1;
    await page.locator('.active-line-number', { hasText: String(line) }).waitFor();
    await user.press('Shift+F12');
    await page.locator('.reference-zone-widget .monaco-list-row').first().waitFor();
    await app.screenshot('text-references');
    await user.press('Escape');
  });

  test('offers the fixes of a problem, and undo takes one back in one step', async () => {
    const { page } = app;
    await goTo('deliveryLimit: -1', 'deliveryLimit');
    await user.press('Control+.');
    const menu = page.locator('.action-widget .monaco-list-row');
    await menu.filter({ hasText: 'Explain rabbitmq/delivery-limit' }).waitFor();
    await app.screenshot('text-fixes');
    await user.press('Enter');
    await page.locator('.action-widget').first().waitFor({ state: 'hidden' });
    await expect.poll(saved).not.toBe(text);
    await user.press('Control+z');
    expect(await saved()).toBe(text);
  });

  test('follows a file that another program has written with other line ends', async () => {
    const { page } = app;
    const file = join(folder, 'design.loom.yaml');
    const crlf = text.replaceAll('\n', '\r\n').replace('name: naive', 'name: other');
    await writeFile(file, crlf);
    await lines().filter({ hasText: 'name: other' }).waitFor();
    await goTo('name: naive', 'name');
    await user.press('End');
    await user.type('s');
    await page.getByTestId('file-state').getByText('edited').waitFor();
    expect(await saved()).toBe(crlf.replace('name: other', 'name: others'));
  });
});
