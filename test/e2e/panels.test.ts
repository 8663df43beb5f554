import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { ofEveryBroker } from './support/brokers.ts';
import { Designer } from './support/pages/designer.ts';
import { root } from './support/root.ts';
import { refunding } from './support/states.ts';
import { User } from './support/user.ts';

let folder: string;
let file: string;
let app: LaunchedApp;
let user: User;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-panels-'));
  app = await launchApp();
  user = new User(app.page);
});
afterAll(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => expect(app.pageErrors).toEqual([]));

/** Opens a text as a file of its own, in the window as it is at first. */
async function open(name: string, text: string): Promise<void> {
  file = join(folder, `${name}.loom.yaml`);
  await writeFile(file, text);
  const { page } = app;
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await new Designer(user).opened();
  await app.answerOpen(file);
  await user.press('Control+o');
  await page.getByRole('heading', { level: 1, name: `${name}.loom.yaml` }).waitFor();
  await page.locator('.react-flow__node').first().waitFor();
}

const example = (name: string) => readFile(join(root, 'examples', `${name}.loom.yaml`), 'utf8');
const tab = (name: string) => app.page.getByRole('tab', { name });
const saved = async () => {
  await user.press('Control+s');
  await app.page.getByTestId('file-state').getByText('saved').waitFor();
  return readFile(file, 'utf8');
};

describe('the message contracts', () => {
  test('check examples and versions, and write what is typed as JSON into the design', async () => {
    const text = await refunding();
    await open('contracts', text);
    const { page } = app;
    await user.click(tab('Contracts'));
    await user.click(page.getByRole('button', { name: /^order\.refunded/ }));
    await page.locator('[data-testid="json-schema"] .view-line').first().waitFor();

    await user.click(tab('Examples'));
    const verdicts = page.getByRole('list', { name: 'Verdict of the schema' });
    await verdicts.getByText('Example 2:').waitFor();
    expect(await verdicts.locator('[data-fits="false"] code').textContent()).toBe('/cents');

    await user.click(page.getByRole('button', { name: 'Add one from the schema' }));
    await verdicts.getByText('Example 3 fits the schema.').waitFor();
    await user.click(page.getByRole('button', { name: 'Undo' }));
    await verdicts.getByText('Example 3').waitFor({ state: 'detached' });

    await user.click(tab('Versions'));
    await page
      .getByRole('list', { name: 'Compatibility' })
      .getByText('is required, and may be missing')
      .waitFor();

    await user.click(tab('Used by'));
    await page.getByText('No producer sends it.').waitFor();

    await user.click(
      page.getByRole('tablist', { name: /^Contract of/ }).getByRole('tab', { name: 'Schema' }),
    );
    const line = page.locator('[data-testid="json-schema"] .view-line', { hasText: '"minimum": 0' });
    await line.click();
    // Behind the 0 of `"minimum": 0 }`.
    await user.press('End');
    await user.press('ArrowLeft');
    await user.press('ArrowLeft');
    await user.press('Backspace');
    await page.getByRole('alert').getByText('Not in the design yet').waitFor();
    expect(await page.getByTestId('file-state').textContent()).toContain('saved');
    await user.type('-5');
    await page.getByRole('alert').getByText('Not in the design yet').waitFor({ state: 'detached' });
    expect(await saved()).toBe(text.replace('minimum: 0 } }\n    examples', 'minimum: -5 } }\n    examples'));
    await user.click(page.getByRole('button', { name: 'Undo' }));
    await line.waitFor();
    expect(await saved()).toBe(text);
  });
});

describe('the generated files', () => {
  test('are previewed without a folder, and compared with one', async () => {
    await open('generated', await example('fulfilment'));
    const { page } = app;
    await user.click(tab('Generated'));
    await user.click(page.getByRole('button', { name: 'Preview the files' }));
    const tree = page.getByRole('tree', { name: 'Files' });
    await tree.getByRole('treeitem', { name: 'README.md, new' }).waitFor();
    await page.locator('[data-testid="file-view"] .view-line').first().waitFor();
    await user.click(tree.getByRole('treeitem', { name: 'brokers', exact: false }).first());
    await app.screenshot('generated-preview');

    const out = join(folder, 'services');
    await app.answerOpen(out);
    await user.press('Control+Enter');
    await user.click(page.getByRole('button', { name: 'Choose a folder…' }));
    await user.click(page.getByRole('button', { name: /^Write \d+ files$/ }));
    await page.getByText(/^Written: /).waitFor();
    await user.click(page.getByRole('dialog').getByRole('button', { name: 'Close' }).last());
    const main = join(out, 'README.md');
    await writeFile(main, `${await readFile(main, 'utf8')}\nOurs.\n`);
    await user.click(page.getByRole('button', { name: 'Compare again' }));
    await tree.getByRole('treeitem', { name: 'README.md, edited by hand, kept' }).waitFor();
    await page.locator('.monaco-diff-editor .line-insert').first().waitFor();
    await app.screenshot('generated-edited');
  });
});

describe('the history', () => {
  test('goes to any step and back, and lists what another program did to the file', async () => {
    const text = await example('fulfilment');
    await open('history', text);
    const { page } = app;
    await user.click(page.locator('[data-id="queues/email"]'));
    await user.press('ArrowRight');
    await user.press('Delete');
    await user.click(tab('History'));
    const steps = page.getByRole('list', { name: 'History' }).getByRole('button');
    await expect
      .poll(() => steps.allTextContents())
      .toEqual([
        expect.stringContaining('Delete'),
        expect.stringContaining('Move'),
        expect.stringContaining('Opened'),
      ]);
    await user.click(steps.last());
    await page.locator('[data-id="queues/email"]').waitFor();
    expect(await page.getByTestId('file-state').textContent()).toContain('saved');
    await user.press('ArrowUp');
    await user.press('ArrowUp');
    await user.press('Enter');
    await page.locator('[data-id="queues/email"]').waitFor({ state: 'detached' });
    await user.click(steps.last());
    await writeFile(file, `${text}# by another program\n`);
    await steps.getByText('Changed by another program').waitFor();
    await app.screenshot('history');
    await user.press('Control+z');
    expect(await saved()).toBe(text);
  });
});

describe('lists and maps in the properties', () => {
  test('are edited entry by entry, and comments on the others stay', async () => {
    const commented = ofEveryBroker.replace('      - { name: mail }', '      - { name: mail } # by hand');
    await open('lists', commented);
    const { page } = app;
    const designer = new Designer(user);
    await user.click(designer.element('producers/checkout'));
    const headers = page.locator('[data-field="headers"]');
    const added = headers.getByPlaceholder('key: value');
    await user.click(added);
    await user.type('tier');
    await user.press('Enter');
    await headers.getByRole('alert').getByText('needs a key, a colon and a value').waitFor();
    await user.type(': 2');
    await user.press('Enter');
    await designer.field('headers.tier').waitFor();
    expect(await saved()).toContain('headers: { region: eu, tier: 2 }');
    await designer.field('headers.region').fill('');
    await user.press('Enter');
    await designer.field('headers.region').waitFor({ state: 'detached' });
    expect(await saved()).toContain('headers: { tier: 2 }');

    await user.click(designer.element('consumers/charge'));
    const calls = page.locator('[data-field="externalCalls"]');
    await user.click(calls.getByRole('button', { name: 'Remove bank' }));
    await calls.getByRole('button', { name: /^bank/ }).waitFor({ state: 'detached' });
    await user.click(calls.getByRole('button', { name: 'Add to External calls' }));
    await user.click(designer.field('externalCalls.1.name'));
    await user.type('tax');
    await user.press('Enter');
    await user.click(designer.field('externalCalls.1.passesKey'));
    await user.click(designer.option('on'));
    await calls.getByRole('button', { name: 'tax · passesKey', exact: true }).waitFor();
    expect(await saved()).toContain(`    externalCalls:
      - { name: mail } # by hand
      - { name: tax, passesKey: true }
`);
  });
});
