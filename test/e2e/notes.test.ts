import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { box, User } from './support/user.ts';

const design = `brokerloom: 1
design: { name: noted }
brokers: { mq: { kind: rabbitmq } }
queues: { q: { broker: mq } }
notes:
  why:
    text: |
      # Why a queue

      One order, **one** worker. See [the rule](https://example.org/rule) and \`prefetch\`.

      - at most 10 at a time
      - <b>no HTML</b>, no [script](javascript:alert(1))

layout:
  notes/why: [0, 0, 288, 168]
  queues/q: [360, 40]
`;

let folder: string;
let app: LaunchedApp;
let user: User;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-notes-'));
  const file = join(folder, 'noted.loom.yaml');
  await writeFile(file, design);
  app = await launchApp({ file });
  user = new User(app.page);
  await note().waitFor();
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const note = () => app.page.getByTestId('note');
const saved = async (): Promise<string> => {
  await user.press('Control+s');
  await app.page.getByTestId('file-state').getByText('saved', { exact: true }).waitFor();
  return readFile(join(folder, 'noted.loom.yaml'), 'utf8');
};

test('a note is Markdown: no HTML, and links go through the host alone', async () => {
  expect(await note().locator('strong').textContent()).toBe('one');
  expect(await note().locator('li').allTextContents()).toEqual([
    'at most 10 at a time',
    '<b>no HTML</b>, no script',
  ]);
  expect(await note().locator('b, script, a[href], img').count()).toBe(0);
  await app.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    shell.openExternal = async (url) => void opened.push(url);
    Object.assign(globalThis, { opened });
  });
  const links = note().getByRole('button');
  expect(await links.allTextContents()).toEqual(['the rule']);
  await user.click(links);
  await expect
    .poll(() => app.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened))
    .toEqual(['https://example.org/rule']);
  const { violations } = await new AxeBuilder({ page: app.page }).setLegacyMode().analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  for (const theme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme: theme });
    await app.screenshot(`note-${theme}`);
  }
});

test('is resized by its corner and by keys, undone as one step, and kept in the layout', async () => {
  await note().click({ position: { x: 200, y: 150 } });
  const before = await box(note());
  const { x, y, width, height } = await box(app.page.getByTestId('grip'));
  const from = { x: x + width / 2, y: y + height / 2 };
  await user.drag(from, { x: from.x + 64, y: from.y + 32 });
  await app.page.waitForFunction(
    (narrow) => (document.querySelector('[data-testid="note"]')?.clientWidth ?? 0) > narrow,
    before.width,
  );
  const text = await saved();
  const [, w, h] = (/notes\/why: \[0, 0, (\d+), (\d+)\]/.exec(text) ?? []).map(Number);
  expect(w).toBeGreaterThan(288);
  expect(h).toBeGreaterThan(168);
  expect(text).toBe(design.replace('[0, 0, 288, 168]', `[0, 0, ${w}, ${h}]`));
  await user.press('Control+z');
  expect(await saved()).toBe(design);
  await user.press('Alt+Shift+ArrowRight');
  await user.press('Alt+Shift+ArrowDown');
  expect(await saved()).toContain('notes/why: [0, 0, 304, 184]');
});

test('is edited in place: Escape ends it and keeps the text, undo takes it back', async () => {
  await note().click({ position: { x: 200, y: 150 } });
  await user.press('Enter');
  const field = app.page.getByRole('textbox', { name: 'Text of the note, in Markdown' });
  await field.waitFor();
  await app.screenshot('note-editing');
  await field.fill('## Changed\n\nby hand\n');
  await user.press('Escape');
  await note().getByText('by hand').waitFor();
  expect(await saved()).toContain('      ## Changed\n\n      by hand\n');
  await user.press('Control+z');
  expect(await saved()).toBe(design);

  // The inspector keeps the lines as well.
  const lines = app.page.getByRole('textbox', { name: 'Text', exact: true });
  await lines.fill('one\ntwo\n');
  await note().click({ position: { x: 200, y: 150 } });
  await note().getByText('one two').waitFor();
  await user.press('Control+z');
  expect(await saved()).toBe(design);

  await note().dblclick({ position: { x: 200, y: 150 } });
  await field.fill('   ');
  await app.page.locator('[data-id="queues/q"]').click();
  await note().getByText('Why a queue').waitFor();
  expect(await saved()).toBe(design);
});
