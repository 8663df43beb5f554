import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DocToken } from '../../../../core/contract/ipc.ts';
import { Configs } from '../../../../electron/main/files/config.ts';

const doc: DocToken = `doc_${'a'.repeat(22)}`;
let folder: string;
let configs: Configs | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-config-'));
  await mkdir(join(folder, 'designs'));
});
afterEach(async () => {
  configs?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The configurations of a design in `designs/`, and a promise of the next change. */
function watched(path: string | null = join(folder, 'designs', 'a.loom.yaml')) {
  configs?.stop();
  let tell: ((doc: DocToken) => void) | undefined;
  const changed = new Promise<DocToken>((resolve) => {
    tell = resolve;
  });
  configs = new Configs({ pathOf: () => path }, (token) => tell?.(token));
  return { configs, changed };
}

test('the nearest configuration applies, with the place of the design below it', async () => {
  await writeFile(join(folder, 'brokerloom.config.yaml'), 'preset: all\n');
  expect(await watched().configs.of(doc)).toMatchObject({
    status: 'found',
    text: 'preset: all\n',
    design: 'designs/a.loom.yaml',
  });
  await writeFile(join(folder, 'designs', 'brokerloom.config.yaml'), 'preset: strict\n');
  expect(await watched().configs.of(doc)).toMatchObject({ text: 'preset: strict\n', design: 'a.loom.yaml' });
});

test('a document without a file has none', async () => {
  expect(await watched(null).configs.of(doc)).toEqual({ status: 'none' });
});

test('one that cannot be read says why', async () => {
  await mkdir(join(folder, 'designs', 'brokerloom.config.yaml'));
  expect(await watched().configs.of(doc)).toMatchObject({
    status: 'failed',
    code: expect.stringMatching(/^LOOM_/),
  });
});

test('a change of it is told', async () => {
  const file = join(folder, 'brokerloom.config.yaml');
  await writeFile(file, 'preset: all\n');
  const { configs, changed } = watched();
  await configs.of(doc);
  await writeFile(file, 'preset: strict\n');
  expect(await changed).toBe(doc);
});

test('a nearer one that appears is told', async () => {
  await writeFile(join(folder, 'brokerloom.config.yaml'), 'preset: all\n');
  const { configs, changed } = watched();
  await configs.of(doc);
  await writeFile(join(folder, 'designs', 'brokerloom.config.yaml'), 'preset: strict\n');
  expect(await changed).toBe(doc);
});
