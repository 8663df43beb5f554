import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { Designer } from './support/pages/designer.ts';
import { withPalette } from './support/png.ts';
import { root } from './support/root.ts';
import { looks, type State, stateNames, states } from './support/states.ts';
import { User } from './support/user.ts';

/**
 * `npm run screenshots` looks at every state in every look, and renews the pictures of the documentation. Otherwise the
 * states take turns between a large light window and a small dark one.
 */
const renew = process.env['BROKERLOOM_PICTURES'] === 'docs';
const pictures = join(root, renew ? 'docs/images' : 'test-results');
const opposites = looks.filter(({ width, theme }) => width > 1200 === (theme === 'light'));
const turns = opposites.map((look, turn) => ({
  ...look,
  names: stateNames.filter((_, at) => at % opposites.length === turn),
}));
const chosen = renew ? looks.map((look) => ({ ...look, names: stateNames })) : turns;

describe.each(chosen)('at $width × $height, $theme', ({ width, height, theme, names }) => {
  let app: LaunchedApp;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'brokerloom-pictures-'));
    await mkdir(pictures, { recursive: true });
    app = await launchApp({ width, height });
    await app.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  });
  afterAll(async () => {
    await app?.close();
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(() => leave(app.page));

  test.each(names)('%s: nothing is clipped or covered, and axe has no objection', async (name) => {
    const { page } = app;
    const designer = new Designer(new User(page));
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await designer.opened();
    const { design, reach }: State = states[name];
    const file = join(folder, name, 'shop.loom.yaml');
    if (design) {
      await mkdir(join(folder, name));
      await writeFile(file, await design());
      await app.answerOpen(file);
      await designer.user.press('Control+o');
      await page.getByTestId('file-state').waitFor();
      await settle(page);
    }
    await reach(designer, { file, answerOpen: app.answerOpen });
    // Away from every tooltip.
    await page.mouse.move(width / 2, 20);
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await settle(page);
    const path = join(pictures, `${name}-${theme}-${width}x${height}.png`);
    const picture = await page.screenshot();
    await writeFile(path, renew ? await withPalette(page, picture) : picture);
    expect(await page.evaluate(clippedTexts)).toEqual([]);
    expect(await page.evaluate(coveredNodes)).toEqual([]);
    const violations = await objections(page);
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });
});

/** What axe has to say. */
async function objections(page: Page): Promise<AxeResults['violations']> {
  const axe = new AxeBuilder({ page })
    // The default opens a second page, which Electron has not got.
    .setLegacyMode()
    // Details of what is well take half of the time.
    .options({ resultTypes: ['violations'], preload: false });
  return (await axe.analyze()).violations;
}

type AxeResults = Awaited<ReturnType<AxeBuilder['analyze']>>;

/** Closes what is open and saves, so that nothing unsaved is offered to the next test. */
async function leave(page: Page): Promise<void> {
  const theirs = page.getByRole('button', { name: 'Take the version on disk' });
  if (await theirs.isVisible()) await theirs.click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+s');
  await page.getByTestId('file-state').filter({ hasText: 'edited' }).waitFor({ state: 'detached' });
}

/** Waits until all is laid out, fonts are there, nothing is animated and the canvas has stopped moving. */
async function settle(page: Page): Promise<void> {
  await page.locator('[data-arranging]').waitFor({ state: 'detached' });
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  });
  await page.evaluate(async () => {
    const place = () => document.querySelector('.react-flow__viewport')?.getAttribute('style');
    for (let still = 0, before = place(); still < 12; still++) {
      await new Promise(requestAnimationFrame);
      if (place() !== before) still = 0;
      before = place();
    }
  });
}

/** Texts that stick out of the window, or end without an ellipsis where they do not fit. Runs in the page. */
function clippedTexts(): string[] {
  return [...document.querySelectorAll<HTMLElement>('#root *')].flatMap((element) => {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    const rect = element.getBoundingClientRect();
    if (!text || rect.width === 0 || element.closest('.monaco-editor, .react-flow__attribution')) return [];
    const { overflowX, textOverflow, visibility } = getComputedStyle(element);
    if (visibility === 'hidden') return [];
    // The canvas is larger than its pane.
    const panned = element.closest('.react-flow__viewport') !== null;
    const outside = !panned && (rect.left < 0 || rect.right > innerWidth + 1);
    const cut =
      overflowX !== 'visible' && textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1;
    return outside || cut ? [`${element.textContent}: ${outside ? 'outside' : 'cut'}`] : [];
  });
}

/** Pairs of a label and an element that overlap on the canvas. Runs in the page. */
function coveredNodes(): string[] {
  const elements = [...document.querySelectorAll('.react-flow__node:not(.react-flow__node-broker)')];
  return [...document.querySelectorAll<HTMLElement>('[data-link]')].flatMap((label) => {
    const a = label.getBoundingClientRect();
    return elements
      .filter((element) => {
        const b = element.getBoundingClientRect();
        return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      })
      .map((element) => `${label.textContent} on ${element.getAttribute('data-id')}`);
  });
}
