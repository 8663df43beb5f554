import { EventEmitter, once } from 'node:events';
import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DocToken } from '../../../../core/contract/ipc.ts';
import { type Content, hashOf } from '../../../../electron/main/files/content.ts';
import { Documents } from '../../../../electron/main/files/documents.ts';
import { Journal } from '../../../../electron/main/files/journal.ts';
import { RecentFiles } from '../../../../electron/main/files/recent.ts';

let folder: string;
let file: string;
let changes: EventEmitter<{ change: [DocToken, Content | null] }>;
const start = () => {
  // Watches of an earlier test must not reach the emitter of a later one.
  const emitter = changes;
  return new Documents(
    new Journal(join(folder, 'journal')),
    new RecentFiles(join(folder, 'recent.json')),
    (doc, disk) => emitter.emit('change', doc, disk),
  );
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-docs-'));
  file = join(folder, 'a.loom.yaml');
  changes = new EventEmitter();
  await writeFile(file, 'base');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('Documents', () => {
  test('gives one token for one file, whatever path leads to it, and the path to nobody', async () => {
    const documents = start();
    await symlink(file, join(folder, 'link.loom.yaml'));
    const token = documents.at(file);
    expect(documents.at(join(folder, '.', 'a.loom.yaml'))).toBe(token);
    expect(documents.at(join(folder, 'link.loom.yaml'))).toBe(token);
    expect(token).not.toContain('a.loom');
    await expect(documents.open('doc_AAAAAAAAAAAAAAAAAAAAAA')).rejects.toThrow('LOOM_DOC_UNKNOWN');
  });

  test('saves over what it opened and reports what it did not', async () => {
    const documents = start();
    const doc = documents.at(file);
    expect(await documents.open(doc)).toMatchObject({ status: 'opened', text: 'base', hash: hashOf('base') });
    expect(await documents.save(doc, 'mine', hashOf('base'))).toMatchObject({
      status: 'saved',
      hash: hashOf('mine'),
    });
    await writeFile(file, 'theirs');
    expect(await documents.save(doc, 'mine 2', hashOf('mine'))).toEqual({
      status: 'conflictOnDisk',
      text: 'theirs',
      hash: hashOf('theirs'),
    });
  });

  test('offers unsaved text after a restart together with what is on disk', async () => {
    const before = start();
    await before.keep(before.at(file), 'edited', hashOf('base'));
    const after = start();
    const [unsaved] = await after.allUnsaved();
    expect(unsaved).toMatchObject({ name: 'a.loom.yaml', doc: after.at(file) });
    expect(await after.open(after.at(file))).toMatchObject({
      text: 'base',
      recovered: { text: 'edited', baseHash: hashOf('base') },
    });
  });

  test('offers unsaved text of a document that was never saved, and of one whose file is gone', async () => {
    const before = start();
    const untitled = before.create('Untitled.loom.yaml');
    await before.keep(untitled.doc, 'never saved', null);
    await before.keep(before.at(file), 'edited', hashOf('base'));
    await rm(file);
    const after = start();
    const opened = await Promise.all((await after.allUnsaved()).map(({ doc }) => after.open(doc)));
    expect(opened.map((one) => one.status === 'opened' && [one.name, one.hash, one.recovered?.text])).toEqual(
      expect.arrayContaining([
        ['Untitled.loom.yaml', null, 'never saved'],
        ['a.loom.yaml', null, 'edited'],
      ]),
    );
  });

  test('forgets unsaved text once that text is saved, but not an edit made meanwhile', async () => {
    const documents = start();
    const doc = documents.at(file);
    await documents.keep(doc, 'edited', hashOf('base'));
    await documents.save(doc, 'edited', hashOf('base'));
    expect(await documents.unsaved(doc)).toBeNull();
    await documents.keep(doc, 'edited more', hashOf('edited'));
    await documents.save(doc, 'edited again', hashOf('edited'));
    expect(await documents.unsaved(doc)).toMatchObject({ text: 'edited more' });
  });

  test('keeps no text that the file already has', async () => {
    const documents = start();
    const doc = documents.at(file);
    await documents.open(doc);
    await documents.keep(doc, 'edited', hashOf('base'));
    await documents.save(doc, 'edited', hashOf('base'));
    await documents.keep(doc, 'edited', hashOf('base'));
    expect(await documents.allUnsaved()).toEqual([]);
    await documents.keep(doc, 'edited more', hashOf('edited'));
    await documents.keep(doc, 'edited', hashOf('edited'));
    expect(await documents.allUnsaved()).toEqual([]);
  });

  test('says where a recent file was that is gone, and asks for nothing', async () => {
    const before = start();
    await before.open(before.at(file));
    await rm(file);
    const after = start();
    const [recent] = await after.recent();
    expect(recent).toMatchObject({ name: 'a.loom.yaml' });
    expect(await after.open(recent?.doc ?? '')).toMatchObject({ status: 'failed', code: 'LOOM_FILE_GONE' });
  });

  test('tells of a change by another program, a deletion and a return, but not of its own save', async () => {
    const documents = start();
    const doc = documents.at(file);
    await documents.open(doc);
    const all: (string | undefined)[] = [];
    changes.on('change', (_doc, disk) => all.push(disk?.text));
    const next = async (action: () => Promise<unknown>) => {
      const change = once(changes, 'change');
      await action();
      await change;
    };
    await documents.save(doc, 'mine', hashOf('base'));
    await next(() => writeFile(file, 'theirs'));
    await next(() => rename(file, `${file}.moved`));
    await next(() => rename(`${file}.moved`, file));
    expect(all).toEqual(['theirs', undefined, 'theirs']);
  });

  test('keeps the edits of a document that cannot be saved', async () => {
    const documents = start();
    const doc = documents.at(join(folder, 'gone', 'b.loom.yaml'));
    await documents.keep(doc, 'edited', null);
    expect(await documents.save(doc, 'edited', null)).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('your edits are kept'),
    });
    expect(await documents.unsaved(doc)).toMatchObject({ text: 'edited' });
  });
});
