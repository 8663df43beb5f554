import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { templateList, templates } from '../../examples/templates.ts';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { root } from './support/root.ts';
import { WebApp } from './support/web.ts';

let app: LaunchedApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const cards = (page: Page) => page.locator('[data-template]');

/** Waits until every card has its drawing. */
async function drawn(page: Page): Promise<void> {
  await cards(page).first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[data-template]')].every((card) => {
      const picture = card.querySelector('img');
      return picture?.complete && picture.naturalWidth > 100;
    }),
  );
}

const audit = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
};

test('the start screen shows a drawing of every template', async () => {
  app = await launchApp();
  const { page } = app;
  await drawn(page);
  expect(await cards(page).count()).toBe(templateList.length);
  expect(app.pageErrors).toEqual([]);
});

test('a template is found by what it is about, and opened by keyboard', async () => {
  app = await launchApp();
  const { page } = app;
  await drawn(page);
  await page.getByRole('textbox', { name: 'Search templates' }).fill('compensation');
  await page.waitForFunction(() => document.querySelectorAll('[data-template]').length === 1);
  await page.keyboard.press('Enter');
  await page.locator('[data-id="exchanges/trips"]').waitFor();
  expect(await page.locator('h1').textContent()).toBe('saga.loom.yaml');
  // A new document, which is not on the disk yet.
  expect(await page.getByTestId('file-state').textContent()).toContain('edited');
});

test('a search that finds nothing says what to look for', async () => {
  app = await launchApp();
  const { page } = app;
  await drawn(page);
  await page.getByRole('textbox', { name: 'Search templates' }).fill('blockchain');
  expect(await page.getByRole('status').textContent()).toMatch(/^No template is about “blockchain”\./);
  await page.getByRole('button', { name: 'Show all templates' }).click();
  expect(await cards(page).count()).toBe(templateList.length);
});

test('the gallery opens over an open design too', async () => {
  app = await launchApp({ file: join(root, 'examples', 'work-queue.loom.yaml') });
  const { page } = app;
  await page.locator('[data-id="queues/jobs.work"]').waitFor();
  await page.keyboard.press('Control+Shift+N');
  await page.getByRole('dialog', { name: 'New from template' }).waitFor();
  await drawn(page);
  await app.screenshot('templates-dialog');
  expect(await audit(page)).toEqual([]);
  await page.locator('[data-template="fan-out"]').click();
  await page.locator('[data-id="exchanges/prices"]').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

test('recent designs: one is opened, one that is gone says so and can be taken off', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'brokerloom-recent-'));
  const userData = await mkdtemp(join(tmpdir(), 'brokerloom-user-'));
  try {
    for (const name of ['first', 'second']) {
      const file = join(folder, `${name}.loom.yaml`);
      await copyFile(join(root, 'examples', 'work-queue.loom.yaml'), file);
      app = await launchApp({ file, userData });
      await app.page.locator('[data-id="queues/jobs.work"]').waitFor();
      await app.close();
    }
    await rm(join(folder, 'first.loom.yaml'));
    app = await launchApp({ userData });
    const { page } = app;
    const recent = page.getByRole('navigation', { name: 'Recent designs' });
    await recent.getByRole('button', { name: /^first/ }).click();
    await page.getByText(/first\.loom\.yaml is no longer in/).waitFor();
    await recent.getByText(/^no longer in/).waitFor();
    await drawn(page);
    await app.screenshot('recent-gone');
    await recent.getByRole('button', { name: 'Take first.loom.yaml off this list' }).click();
    await recent.getByRole('button', { name: /^first/ }).waitFor({ state: 'detached' });
    await recent.getByRole('button', { name: /^second/ }).click();
    await page.locator('[data-id="queues/jobs.work"]').waitFor();
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the menu of the page leads to files and exports', async () => {
  app = await launchApp({ file: join(root, 'examples', 'work-queue.loom.yaml'), width: 1024, height: 700 });
  const { page } = app;
  await page.locator('[data-id="queues/jobs.work"]').waitFor();
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Export as SVG picture…' }).waitFor();
  await app.screenshot('file-menu');
  expect(await audit(page)).toEqual([]);
  await page.getByRole('menuitem', { name: 'New from template…' }).click();
  await page.getByRole('dialog', { name: 'New from template' }).waitFor();
});

test('the theme is chosen from a menu and by command, and remembered', async () => {
  app = await launchApp();
  const { page } = app;
  const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  expect(await scheme()).toBe('dark');
  await page.reload();
  await cards(page).first().waitFor();
  expect(await scheme()).toBe('dark');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('light theme');
  await page.keyboard.press('Enter');
  await page.locator('html[data-mantine-color-scheme="light"]').waitFor();
});

describe('a file that is dropped on the web app', () => {
  let web: WebApp;
  beforeAll(async () => {
    web = await WebApp.launch({ width: 1024, height: 700 });
  });
  afterAll(() => web?.close());

  const drop = (name: string, text: string) =>
    web.page.evaluate(
      ([name, text]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], name));
        const over = new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true });
        document.body.dispatchEvent(over);

        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        return { taken: over.defaultPrevented };
      },
      [name, text] as const,
    );

  test('is opened where it is a design', async () => {
    expect(await drop('dropped.loom.yaml', templates['fan-out'].text)).toMatchObject({ taken: true });
    await web.page.locator('[data-id="exchanges/prices"]').waitFor();
    expect(await web.page.locator('h1').textContent()).toBe('dropped.loom.yaml');
  });

  test('is refused by its name where it is none, and what is open stays', async () => {
    await drop('photo.png', 'no text');
    await web.page.getByText('photo.png is no design.').waitFor();
    expect(await web.page.locator('h1').textContent()).toBe('dropped.loom.yaml');
    expect(web.pageErrors).toEqual([]);
  });
});
