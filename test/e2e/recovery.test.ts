import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { root } from './support/root.ts';

/** What a user sees of the save-safety promises, with hands on mouse and keyboard; the host's part is in files.test. */
let folder: string;
let file: string;
let original: string;
let launched: LaunchedApp | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-recovery-'));
  file = join(folder, 'design.loom.yaml');
  original = await readFile(join(root, 'examples', 'fulfilment.loom.yaml'), 'utf8');
  await writeFile(file, original);
});
afterEach(async () => {
  await launched?.kill();
  launched = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<LaunchedApp> {
  launched = await launchApp({ file, userData: join(folder, 'user') });
  await versionField(launched).waitFor();
  return launched;
}

const versionField = ({ page }: LaunchedApp) => page.getByRole('textbox', { name: 'Version', exact: true });
const withVersion = (version: string) => original.replace('version: 1.0.0', `version: ${version}`);

async function edit(app: LaunchedApp, version: string): Promise<void> {
  await versionField(app).fill(version);
  await versionField(app).press('Enter');
}

/** Waits for what the app does in its own time, on a machine that may be busy. */
const eventually = { timeout: 20_000 };
const onDisk = () => readFile(file, 'utf8');

test('saving after an edit changes the edited line alone', async () => {
  expect(original).not.toBe(withVersion('1.0.1'));
  const app = await open();
  await edit(app, '1.0.1');
  await app.page.keyboard.press('Control+s');
  await expect.poll(onDisk, eventually).toBe(withVersion('1.0.1'));
});

test('an edit survives kill -9 in the journal; the next start offers both versions', async () => {
  const app = await open();
  await edit(app, '1.0.1');
  const journal = join(folder, 'user', 'journal');
  const kept = async () => {
    const names = await readdir(journal).catch(() => []);
    const entries = names
      .filter((name) => name.endsWith('.json'))
      .map((name) => readFile(join(journal, name), 'utf8'));
    return (await Promise.all(entries)).map((entry) => JSON.parse(entry).text);
  };
  await expect.poll(kept, eventually).toEqual([withVersion('1.0.1')]);
  await app.kill();
  expect(await onDisk()).toBe(original);

  const again = await open();
  const restore = again.page.getByRole('button', { name: 'Restore my changes' });
  await restore.click();
  // While the dialog fades out, keys still belong to it.
  await restore.waitFor({ state: 'detached' });
  await expect.poll(() => versionField(again).inputValue(), eventually).toBe('1.0.1');
  await again.page.keyboard.press('Control+s');
  await expect.poll(onDisk, eventually).toBe(withVersion('1.0.1'));
  await expect.poll(kept, eventually).toEqual([]);
});

test('a change by another program reloads a clean design and asks about an edited one', async () => {
  const app = await open();
  await writeFile(file, withVersion('2.0.0'));
  await expect.poll(() => versionField(app).inputValue(), eventually).toBe('2.0.0');

  await edit(app, '2.0.1');
  await writeFile(file, withVersion('3.0.0'));
  await app.page.getByRole('button', { name: 'Overwrite with mine' }).waitFor();
  expect(await onDisk()).toBe(withVersion('3.0.0'));
  await app.page.getByRole('button', { name: 'Take the version on disk' }).click();
  await expect.poll(() => versionField(app).inputValue(), eventually).toBe('3.0.0');
  expect(await onDisk()).toBe(withVersion('3.0.0'));
});

test('closing with edits asks; saving from there writes the file and closes', async () => {
  const app = await open();
  await edit(app, '1.0.1');
  const asked = await app.answerQuestion('Save');
  const closed = app.app.waitForEvent('close');
  await app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  expect(await asked()).toContain('design.loom.yaml');
  await closed;
  expect(await onDisk()).toBe(withVersion('1.0.1'));
});
