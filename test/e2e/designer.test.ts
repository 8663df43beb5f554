import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { root } from './support/root.ts';
import { box, centre, User } from './support/user.ts';

let folder: string;
let launched: LaunchedApp | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-designer-'));
});
afterEach(async () => {
  await launched?.close();
  launched = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function open(
  text?: string,
  size: { width?: number; height?: number } = {},
): Promise<{ app: LaunchedApp; user: User; file: string }> {
  const file = join(folder, 'design.loom.yaml');
  if (text !== undefined) await writeFile(file, text);
  const app = await launchApp(text === undefined ? size : { file, ...size });
  launched = app;
  if (text !== undefined) await app.page.locator('.react-flow__node').first().waitFor();
  return { app, user: new User(app.page), file };
}

const element = ({ page }: LaunchedApp, address: string): Locator => page.locator(`[data-id="${address}"]`);

/** Where a connection begins: the port at the right end of an element. */
async function port(app: LaunchedApp, address: string) {
  const { x, y, width, height } = await box(element(app, address));
  return { x: x + width, y: y + height / 2 };
}

const problems = ({ page }: LaunchedApp): Locator => page.locator('[data-rule]');
const state = ({ page }: LaunchedApp): Locator => page.getByTestId('file-state');

async function example(name: string): Promise<string> {
  return readFile(join(root, 'examples', `${name}.loom.yaml`), 'utf8');
}

describe('the designer', () => {
  test('draws, reviews and generates a first system in at most 15 actions', async () => {
    const { app, user } = await open();
    const out = join(folder, 'services');
    await mkdir(out);
    await app.answerOpen(out);
    const { page } = app;

    await user.click(page.getByRole('button', { name: 'New design' }));
    const canvas = await box(page.getByTestId('drawing'));
    const at = (x: number) => ({ x: canvas.x + x, y: canvas.y + 200 });
    await user.drag(await centre(page.getByRole('button', { name: 'Producer', exact: true })), at(130));
    await user.drag(await port(app, 'producers/publisher'), at(260));
    await user.click(page.getByRole('menuitem', { name: 'Exchange' }));
    await user.drag(await port(app, 'exchanges/events'), at(460));
    await user.click(page.getByRole('menuitem', { name: 'Queue' }));
    await user.drag(await port(app, 'queues/tasks'), at(770));
    await user.click(page.getByRole('menuitem', { name: 'Consumer' }));
    await user.click(page.getByRole('button', { name: /^Problems:/ }));
    await element(app, 'queues/tasks.dlq').waitFor();
    await user.click(
      problems(app).and(page.locator('[data-rule="monitoring/backlog-alert"]')).getByRole('button').last(),
    );
    await page.locator('[data-rule="monitoring/backlog-alert"]').waitFor({ state: 'detached' });
    await user.press('Control+Enter');
    await user.click(page.getByRole('button', { name: 'Choose a folder…' }));
    await user.click(page.getByRole('button', { name: /^Write \d+ files$/ }));
    await page.getByText(/^Written: /).waitFor();

    expect(user.actions.length, user.actions.join('\n')).toBeLessThanOrEqual(15);
    const written = await readdir(out, { recursive: true });
    expect(written).toEqual(expect.arrayContaining(['package.json', 'docker-compose.yml', 'README.md']));
    expect(written.some((path) => /^services\/worker\/src\/handlers\/.+\.ts$/.test(path))).toBe(true);
    const definitions = written.find((path) => path.endsWith('definitions.json'));
    expect(await readFile(join(out, definitions ?? ''), 'utf8')).toContain('"tasks.dlq"');
    await app.screenshot('designer-generated');
    expect(app.pageErrors).toEqual([]);
  });

  test('says why a connection is not valid, and does not make it', async () => {
    const { app, user } = await open(await example('fulfilment'));
    await user.hold(await port(app, 'queues/payments'), await centre(element(app, 'producers/checkout')));
    await app.page.getByRole('status').getByText('A producer only sends').waitFor();
    await app.screenshot('designer-invalid-connection');
    await app.page.mouse.up();
    expect(await state(app).textContent()).toBe('saved');
  });

  test('takes back and repeats every step, to the byte', async () => {
    const text = await example('fulfilment');
    const { app, user, file } = await open(text);
    await user.click(element(app, 'queues/email'));
    await user.press('ArrowRight');
    await user.press('Enter');
    await user.type('mails');
    await user.press('Enter');
    await element(app, 'queues/mails').waitFor();
    await user.press('Delete');
    await element(app, 'queues/mails').waitFor({ state: 'detached' });
    await user.press('Control+s');
    await expect.poll(() => readFile(file, 'utf8')).not.toContain('destination: email');
    for (let step = 0; step < 3; step++) await user.press('Control+z');
    await element(app, 'queues/email').waitFor();
    await user.press('Control+s');
    await expect.poll(() => readFile(file, 'utf8')).toBe(text);
    for (let step = 0; step < 3; step++) await user.press('Control+y');
    await element(app, 'queues/email').waitFor({ state: 'detached' });
  });

  test('keeps text and canvas in step, both ways, and shows the last valid design meanwhile', async () => {
    const text = await example('naive');
    const { app, user } = await open(text);
    const { page } = app;
    await user.press('Control+e');
    // The canvas fits itself again when the editor takes its place beside it.
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await user.click(element(app, 'queues/shipping'));
    const line = text.split('\n').indexOf('  shipping:');
    await page.locator('.monaco-editor .active-line-number', { hasText: String(line + 1) }).waitFor();
    await user.click(page.locator('.monaco-editor .view-line > span > span', { hasText: 'somebody' }));
    await user.press('End');
    await user.press('Enter');
    await user.type('returns: broker');
    await page.getByRole('alert').getByText('The canvas shows the last valid text').waitFor();
    expect(await element(app, 'exchanges/returns').count()).toBe(0);
    await user.press('Control+Backspace');
    // The editor closes the brace by itself.
    await user.type('{ broker: work, type: direct');
    await element(app, 'exchanges/returns').waitFor();
    await page.getByRole('heading', { name: 'returns' }).waitFor();
    await user.click(element(app, 'queues/orders'));
    await user.press('Delete');
    await page
      .locator('.monaco-editor .view-line', { hasText: 'everyone reads' })
      .waitFor({ state: 'detached' });
  });

  test('makes room for the text in a narrow window, and gives it back', async () => {
    const { app, user } = await open(await example('naive'), { width: 1024, height: 700 });
    const { page } = app;
    const palette = page.getByRole('button', { name: 'Producer', exact: true });
    await palette.waitFor();
    await user.press('Control+e');
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await palette.waitFor({ state: 'hidden' });
    await user.click(page.getByRole('button', { name: 'Outline' }));
    await page.getByRole('tree', { name: 'Outline' }).waitFor();
    await user.click(page.getByRole('button', { name: 'Outline' }));
    await page.getByRole('tree', { name: 'Outline' }).waitFor({ state: 'hidden' });
    await user.press('Control+e');
    await page.getByRole('tree', { name: 'Outline' }).waitFor();
  });

  test.each(['light', 'dark'] as const)(
    'has nothing that axe objects to in the %s theme',
    async (colorScheme) => {
      const { app, user } = await open(await example('naive'));
      const { page } = app;
      await page.emulateMedia({ colorScheme });
      await user.press('Control+e');
      await page.locator('.monaco-editor .view-line').first().waitFor();
      await user.click(page.getByRole('button', { name: 'Outline' }));
      await user.click(element(app, 'queues/shipping'));
      // Away from every tooltip.
      await page.mouse.move(700, 120);
      await page.getByRole('tooltip').waitFor({ state: 'detached' });
      // Legacy mode: the default opens a second page, which Electron has not got.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    },
  );

  test('jumps to a problem, fixes it and saves only the lines of the fix', async () => {
    const text = await example('naive');
    const { app, user, file } = await open(text);
    const row = app.page.locator('[data-rule="rabbitmq/unroutable-handled"]').first();
    await row.waitFor();
    const before = await problems(app).count();
    await user.click(row.getByRole('button').first());
    await app.page.getByRole('heading', { name: 'checkout' }).waitFor();
    await user.press('Control+.');
    await expect.poll(() => problems(app).count()).toBeLessThan(before);
    await user.press('Control+s');
    await expect.poll(() => state(app).textContent()).toBe('saved');
    const [was, is] = [text.split('\n'), (await readFile(file, 'utf8')).split('\n')];
    const gone = was.filter((line) => !is.includes(line));
    const came = is.filter((line) => !was.includes(line));
    expect(gone.length + came.length).toBeGreaterThan(0);
    expect(gone.length + came.length).toBeLessThanOrEqual(3);
    expect(is.filter((line) => line.includes('#'))).toEqual(was.filter((line) => line.includes('#')));
  });
});
