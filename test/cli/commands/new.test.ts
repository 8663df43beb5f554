import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { templateList } from '../../../examples/templates.ts';
import { brokerloom, temporaryFolder } from '../support.ts';

test('lists the templates', () => {
  const { templates } = JSON.parse(brokerloom(['new', '--json']).out);
  expect(templates.map(({ id }: { id: string }) => id)).toEqual(templateList.map(({ id }) => id));
  expect(brokerloom(['new']).out.split('\n')).toHaveLength(templates.length + 1);
});

test.each(['work-queue', 'e-commerce'])('writes %s, which has no findings', async (id) => {
  const cwd = await temporaryFolder();
  expect(brokerloom(['new', id], { cwd })).toMatchObject({ code: 0, out: '' });
  expect(brokerloom(['lint', `${id}.loom.yaml`, '--fail-on', 'info'], { cwd }).code).toBe(0);
});

test('never overwrites a file', async () => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'mine.yaml'), 'mine');
  const { code, err } = brokerloom(['new', 'orders', '--out', 'mine.yaml'], { cwd });
  expect(code).toBe(2);
  expect(err).toMatch(/^LOOM_PATH mine\.yaml This file exists/);
  expect(await readFile(join(cwd, 'mine.yaml'), 'utf8')).toBe('mine');
});

test.each([
  ['fulfillment', 'Did you mean fulfilment?'],
  ['constructor', `The templates are ${templateList.map(({ id }) => id).join(', ')}.`],
])('has no template %s', (id, hint) => {
  expect(brokerloom(['new', id])).toEqual({
    code: 2,
    out: '',
    err: `LOOM_USAGE There is no template "${id}".\n  ${hint}\n`,
  });
});
