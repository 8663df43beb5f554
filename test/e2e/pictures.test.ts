import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { afterEach, describe, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { root } from './support/root.ts';

/** Pictures that the documentation shows; `npm run screenshots` renews them. */
const documented = [
  'designer-light-1440x900',
  'designer-dark-1440x900',
  'designer-light-1024x700',
  'problems-light-1440x900',
  'text-light-1440x900',
];
const renew = process.env['BROKERLOOM_PICTURES'] === 'docs';

let app: LaunchedApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
const looks = sizes.flatMap((size) => (['light', 'dark'] as const).map((theme) => ({ ...size, theme })));

describe.each(looks)('the designer at $width × $height, $theme', ({ width, height, theme }) => {
  async function open(example: string): Promise<Page> {
    app = await launchApp({ file: join(root, 'examples', `${example}.loom.yaml`), width, height });
    await app.page.emulateMedia({ colorScheme: theme });
    await app.page.locator('.react-flow__node[data-id^="queues/"]').first().waitFor();
    return app.page;
  }

  async function look(page: Page, name: string): Promise<void> {
    await settle(page);
    const picture = `${name}-${theme}-${width}x${height}`;
    const folder = join(root, renew && documented.includes(picture) ? 'docs/images' : 'test-results');
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${picture}.png`) });
    expect(await page.evaluate(clippedTexts)).toEqual([]);
    expect(await page.evaluate(coveredNodes)).toEqual([]);
  }

  test('shows a design whole, no text clipped and no label on an element', async () => {
    const page = await open('fulfilment');
    await page.locator('[data-id="queues/shipping"]').click();
    await page.getByRole('heading', { level: 2, name: 'shipping' }).waitFor();
    await page.mouse.move(4, height / 2);
    await look(page, 'designer');
  });

  test('shows problems and text beside it', async () => {
    const page = await open('naive');
    await page.keyboard.press('F8');
    await look(page, 'problems');
    await page.keyboard.press('Control+e');
    await page.locator('.monaco-editor .active-line-number').waitFor();
    await look(page, 'text');
  });
});

/** Waits until all is laid out, fonts are there, nothing is animated and the canvas has stopped moving. */
async function settle(page: Page): Promise<void> {
  await page.locator('[data-arranging]').waitFor({ state: 'detached' });
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  });
  await page.waitForFunction(
    () => {
      const place = document.querySelector('.react-flow__viewport')?.getAttribute('style') ?? '';
      const still = place === document.body.dataset['place'];
      document.body.dataset['place'] = place;
      return still;
    },
    undefined,
    { polling: 400 },
  );
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
