import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventChannel, Opened, Out, Payload } from '../../core/contract/ipc.ts';
import type { Host } from '../../renderer/host/host.ts';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { root } from './support/root.ts';

declare const window: Omit<globalThis.Window, 'brokerloom'> & { brokerloom: Host };

let folder: string;
let file: string;
let launched: LaunchedApp | undefined;
const original = '\uFEFF# keep me\r\nbrokerloom: 1\r\nname: "ü"\r\n';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-files-'));
  file = join(folder, 'design.loom.yaml');
  await writeFile(file, original);
});
afterEach(async () => {
  await launched?.kill();
  launched = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** Starts the app on the file and gives what the page was told to show. */
async function open(): Promise<{ app: LaunchedApp; opened: Opened }> {
  const app = await launchApp({ file, userData: join(folder, 'user') });
  launched = app;
  // An empty page of the app's origin: these tests speak to the host alone, and the designer must not join in.
  await app.page.goto('app://brokerloom/icon.svg');
  const { initial } = await app.page.evaluate(() => window.brokerloom.appStart({}));
  if (initial?.status !== 'opened') throw new Error(`not opened: ${JSON.stringify(initial)}`);
  return { app, opened: initial };
}

/** Starts listening for the next event in the page; the returned function waits for it. */
async function next<C extends EventChannel>(app: LaunchedApp, subscribe: keyof Host & `on${string}`) {
  await app.page.evaluate((name) => {
    const seen = new Promise((resolve) => {
      (window.brokerloom[name] as (listener: (event: unknown) => void) => void)(resolve);
    });
    Object.assign(window, { [`next ${name}`]: seen });
  }, subscribe);
  return () =>
    app.page.evaluate((key) => window[key as never] as unknown, `next ${subscribe}`) as Promise<Payload<C>>;
}

const save = (app: LaunchedApp, { doc, hash }: Pick<Opened, 'doc' | 'hash'>, text: string) =>
  app.page.evaluate((input) => window.brokerloom.designSave(input), { doc, text, baseHash: hash });

describe('a design file in the desktop app', () => {
  test('comes to the page with every byte and goes back with every byte', async () => {
    const { app, opened } = await open();
    expect(opened).toMatchObject({ name: 'design.loom.yaml', text: original, recovered: null });
    expect(await save(app, opened, opened.text)).toMatchObject({ status: 'saved', hash: opened.hash });
    expect(await readFile(file)).toEqual(Buffer.from(original));
    const edited = `${original}# by me\r\n`;
    expect(await save(app, opened, edited)).toMatchObject({ status: 'saved' });
    expect(await readFile(file)).toEqual(Buffer.from(edited));
    expect((await readdir(folder)).toSorted()).toEqual(['design.loom.yaml', 'user']);
  });

  test('is not overwritten when another program changed it; the page learns of both versions', async () => {
    const { app, opened } = await open();
    const changed = await next<'design.changedOnDisk'>(app, 'onDesignChangedOnDisk');
    await writeFile(file, 'brokerloom: 1\n# theirs\n');
    const { text, hash } = await changed();
    expect(text).toBe('brokerloom: 1\n# theirs\n');
    expect(await save(app, opened, 'mine')).toEqual({ status: 'conflictOnDisk', text, hash });
    expect(await readFile(file, 'utf8')).toBe(text);
    // The user looked at theirs and wants mine.
    expect(await save(app, { doc: opened.doc, hash }, 'mine')).toMatchObject({ status: 'saved' });
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  test('stays open when it is deleted and when it comes back', async () => {
    const { app, opened } = await open();
    const gone = await next<'design.changedOnDisk'>(app, 'onDesignChangedOnDisk');
    await rename(file, `${file}.away`);
    expect(await gone()).toEqual({ doc: opened.doc, text: null, hash: null });
    const back = await next<'design.changedOnDisk'>(app, 'onDesignChangedOnDisk');
    await rename(`${file}.away`, file);
    expect(await back()).toEqual({ doc: opened.doc, text: original, hash: opened.hash });
  });

  test('is offered in both versions after the app was killed with unsaved edits', async () => {
    const { app, opened } = await open();
    const edit = { doc: opened.doc, text: `${original}# unsaved\r\n`, baseHash: opened.hash };
    await app.page.evaluate((input) => window.brokerloom.journalWrite(input), edit);
    await app.kill();
    const again = await open();
    expect(again.opened).toMatchObject({
      text: original,
      recovered: { text: edit.text, baseHash: opened.hash },
    });
    await save(again.app, again.opened, edit.text);
    await again.app.kill();
    expect((await open()).opened).toMatchObject({ text: edit.text, recovered: null });
  });

  test('that was never saved is offered after a kill, as the first thing to show', async () => {
    const { app } = await open();
    await app.page.evaluate(async () => {
      const { doc } = await window.brokerloom.designCreate({ name: 'untitled.loom.yaml' });
      await window.brokerloom.journalWrite({ doc, text: 'never saved', baseHash: null });
    });
    await app.kill();
    launched = await launchApp({ userData: join(folder, 'user') });
    const { initial } = await launched.page.evaluate(() => window.brokerloom.appStart({}));
    expect(initial).toMatchObject({
      name: 'untitled.loom.yaml',
      text: '',
      recovered: { text: 'never saved' },
    });
  });

  test('named by a second start is opened in the window that is there', async () => {
    const { app } = await open();
    const other = join(folder, 'second.loom.yaml');
    await writeFile(other, 'brokerloom: 1\n# second\n');
    const requested = await next<'design.openRequested'>(app, 'onDesignOpenRequested');
    // What a second process does: it fails to get the lock, and Electron hands its arguments to the first.
    const second = await app.startAgain(other);
    expect(second).toContain('already running');
    const { doc } = await requested();
    const opened = await app.page.evaluate((doc) => window.brokerloom.designRead({ doc }), doc);
    expect(opened).toMatchObject({ name: 'second.loom.yaml', text: 'brokerloom: 1\n# second\n' });
  });

  test('is chosen through the system dialogs, which the page never sees', async () => {
    const { app } = await open();
    const other = join(folder, 'other.loom.yaml');
    await app.answerOpen();
    expect(await app.page.evaluate(() => window.brokerloom.designOpen({}))).toEqual({ status: 'cancelled' });
    const created = await app.page.evaluate(() =>
      window.brokerloom.designCreate({ name: 'Untitled.loom.yaml' }),
    );
    expect(created).toMatchObject({ text: '', hash: null });
    await app.answerSave(other);
    expect(await save(app, created, 'brokerloom: 1\n')).toMatchObject({
      status: 'saved',
      name: 'other.loom.yaml',
    });
    expect(await readFile(other, 'utf8')).toBe('brokerloom: 1\n');
    await app.answerOpen(other);
    const picked = await app.page.evaluate(() => window.brokerloom.designOpen({}));
    expect(picked).toMatchObject({ status: 'opened', name: 'other.loom.yaml', text: 'brokerloom: 1\n' });
    const { recent } = await app.page.evaluate(() => window.brokerloom.appStart({}));
    // Newest first; asking what to start with opened the first file once more.
    expect(recent.map(({ name }) => name)).toEqual(['design.loom.yaml', 'other.loom.yaml']);
  });
});

describe('closing the window with unsaved edits', () => {
  const close = (app: LaunchedApp) =>
    app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const markDirty = (app: LaunchedApp, { doc }: Opened) =>
    app.page.evaluate((doc) => window.brokerloom.appSetDirty({ doc, dirty: true }), doc);

  test('asks, and stays open when the user cancels', async () => {
    const { app, opened } = await open();
    await markDirty(app, opened);
    const asked = await app.answerQuestion('Cancel');
    await close(app);
    expect(await asked()).toContain('design.loom.yaml');
    expect(await app.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('saves first when the user says so', async () => {
    const { app, opened } = await open();
    await markDirty(app, opened);
    await app.answerQuestion('Save');
    const wanted = await next(app, 'onAppSaveRequested');
    await close(app);
    expect(await wanted()).toEqual({});
    await save(app, opened, 'brokerloom: 1\n# saved on close\n');
    const ended = app.app.waitForEvent('close');
    // The window closes under this call.
    void app.page.evaluate(() => window.brokerloom.appConfirmClose({ saved: true })).catch(() => undefined);
    await ended;
    expect(await readFile(file, 'utf8')).toContain('# saved on close');
  });

  test('forgets the edits when the user says so', async () => {
    const { app, opened } = await open();
    const edit = { doc: opened.doc, text: 'unwanted', baseHash: opened.hash };
    await app.page.evaluate((input) => window.brokerloom.journalWrite(input), edit);
    await markDirty(app, opened);
    await app.answerQuestion('Do not save');
    const ended = app.app.waitForEvent('close');
    await close(app);
    await ended;
    expect((await open()).opened).toMatchObject({ text: original, recovered: null });
  });
});

test('generates the example into a picked folder: preview first, then the same for good', async () => {
  await writeFile(file, await readFile(join(root, 'examples', 'fulfilment.loom.yaml')));
  const { app, opened } = await open();
  const out = join(folder, 'generated');
  await app.answerOpen(out);
  const picked = await app.page.evaluate(() => window.brokerloom.generatePickFolder({}));
  if (picked.status !== 'picked') throw new Error(picked.status);
  const input = { doc: opened.doc, text: opened.text, folder: picked.folder };
  const preview = done(await app.page.evaluate((input) => window.brokerloom.generatePreview(input), input));
  expect(preview.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['package.json', 'docker-compose.yml']),
  );
  expect(new Set(preview.map(({ status }) => status))).toEqual(new Set(['new']));
  expect(await readdir(folder)).not.toContain('generated');

  const written = done(await app.page.evaluate((input) => window.brokerloom.generateWrite(input), input));
  expect(written).toEqual(preview);
  for (const { path } of written) await readFile(join(out, path));
  await writeFile(join(out, 'README.md'), `${await readFile(join(out, 'README.md'), 'utf8')}\nMine.\n`);
  const again = done(await app.page.evaluate((input) => window.brokerloom.generatePreview(input), input));
  expect(again.filter(({ status }) => status !== 'unchanged')).toEqual([]);

  const broken = await app.page.evaluate((input) => window.brokerloom.generateWrite(input), {
    ...input,
    text: 'brokerloom: 1\nname: x\nqueues:\n  a: { broker: none }\n',
  });
  expect(broken).toMatchObject({ status: 'problems' });
});

function done(result: Out<'generate.write'>) {
  if (result.status !== 'done') throw new Error(JSON.stringify(result));
  return result.changes;
}
