import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { designOf } from '../../scripts/bench/designs.ts';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { Designer, SOON } from './support/pages/designer.ts';
import { User } from './support/user.ts';

let folder: string;
let app: LaunchedApp;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-layout-'));
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

test('arranging 1,000 elements leaves the window usable, can be cancelled, and is one step to undo', async () => {
  const text = designOf(1000);
  const file = join(folder, 'large.loom.yaml');
  await writeFile(file, text);
  app = await launchApp({ file });
  const { page } = app;
  const designer = new Designer(new User(page));
  await page.locator('.react-flow__node').first().waitFor();
  const arranging = page.getByRole('status').filter({ hasText: /^Arranging [\d,]+ elements$/ });
  const undo = designer.button('Undo');
  const state = () => page.getByTestId('file-state').textContent();

  await designer.command('Arrange automatically');
  await arranging.waitFor();
  await designer.user.click(designer.button('Outline'));
  // It is still being worked out after the click, or there would be nothing to cancel.
  await designer.user.click(page.getByRole('button', { name: 'Cancel' }));
  await designer.entry('services/service-0').waitFor();
  await arranging.waitFor({ state: 'detached' });
  expect(await state()).toBe('saved');
  expect(await undo.isDisabled()).toBe(true);

  await designer.command('Arrange automatically');
  await expect.poll(state, { timeout: 120_000 }).toContain('edited');
  await designer.user.press('Control+s');
  await expect.poll(state, SOON).toBe('saved');
  const arranged = await readFile(file, 'utf8');
  expect(arranged).toContain('producers/producer-0: [');
  expect(arranged.slice(0, arranged.indexOf('\nlayout:'))).toBe(text.slice(0, text.indexOf('\nlayout:')));
  await designer.user.press('Control+z');
  expect(await undo.isDisabled()).toBe(true);
  await designer.user.press('Control+s');
  await expect.poll(() => readFile(file, 'utf8'), SOON).toBe(text);
  expect(app.pageErrors).toEqual([]);
});
