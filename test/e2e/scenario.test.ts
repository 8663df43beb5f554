import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { type Designer, SOON } from './support/pages/designer.ts';
import type { Hands } from './support/pages/hands.ts';
import { Keyboard } from './support/pages/keyboard.ts';
import { Mouse } from './support/pages/mouse.ts';
import { root } from './support/root.ts';
import { drawShop } from './support/shop.ts';
import { User } from './support/user.ts';
import { WebApp } from './support/web.ts';

/** What the file is to hold in the end, whoever drew it and however; where elements stand is left open. */
const golden = join(root, 'test/golden/scenario/shop.loom.yaml');

let folder: string;
let app: LaunchedApp | undefined;
let web: WebApp | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-scenario-'));
});
afterEach(async () => {
  await app?.close();
  await web?.close();
  app = web = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** Draws, saves and generates; leaves a picture of the window as it is in the end, also when something failed. */
async function work(hands: Hands & Designer, page: Page, saved: () => Promise<string>): Promise<void> {
  page.setDefaultTimeout(SOON.timeout);
  try {
    await drawShop(hands);
    await hands.user.press('Control+s');
    await expect.poll(() => page.getByTestId('file-state').textContent(), SOON).toBe('saved');
    const [design, layout] = (await saved()).split(/^(?=layout:)/m);
    if (process.env['UPDATE_GOLDEN'] && hands instanceof Mouse && app) await renew(design ?? '');
    expect(design).toBe(await readFile(golden, 'utf8'));
    expect(layout?.match(/^ {2}(producers|consumers|exchanges|queues|streams)\//gm)).toHaveLength(11);
    await hands.generate();
    await page.getByText(/^Written: /).waitFor();
  } finally {
    const name = `scenario-${hands.constructor.name.toLowerCase()}${web ? '-web' : ''}.png`;
    await page.screenshot({ path: join(root, 'test-results', name) });
  }
}

async function renew(design: string): Promise<void> {
  await mkdir(dirname(golden), { recursive: true });
  await writeFile(golden, design);
}

test.each([
  ['with the mouse', Mouse],
  ['by keyboard alone', Keyboard],
] as const)('the e-commerce scenario is drawn %s, mended and generated', async (_how, With) => {
  app = await launchApp();
  const [file, out] = [join(folder, 'shop.loom.yaml'), join(folder, 'services')];
  await mkdir(out);
  await app.answerOpen(out);
  await app.answerSave(file);
  const hands = new With(new User(app.page));
  await work(hands, app.page, () => readFile(file, 'utf8'));

  const written = await readdir(out, { recursive: true });
  for (const service of ['order', 'payment', 'shipping', 'email', 'analytics'])
    expect(written).toContain(`services/${service}/src/main.ts`);
  const byMouse = hands.user.actions.filter((action) => /^(click|drag)/.test(action));
  if (hands instanceof Keyboard) expect(byMouse).toEqual([]);
  expect(app.pageErrors).toEqual([]);
});

test('the e-commerce scenario is drawn in a browser, mended and generated', async () => {
  const opened = await WebApp.launch({ width: 1440, height: 900 });
  web = opened;
  await work(new Mouse(new User(opened.page)), opened.page, () => opened.read('untitled.loom.yaml'));
  expect(await opened.read('generated/package.json')).toContain('"workspaces"');
  expect(opened.pageErrors).toEqual([]);
});
