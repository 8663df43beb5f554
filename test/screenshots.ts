/**
 * Takes the pictures of the documentation from the real app, in both themes and at the smallest and the usual size:
 * `node test/screenshots.ts`. Needs what the end-to-end tests need.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type LaunchedApp, launchApp } from './e2e/support/app.ts';
import { root } from './e2e/support/root.ts';

const images = join(root, 'docs', 'images');
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;

await mkdir(images, { recursive: true });
for (const size of sizes) {
  for (const theme of ['light', 'dark'] as const) {
    const app = await launchApp({ file: join(root, 'examples', 'fulfilment.loom.yaml'), ...size });
    try {
      await app.page.emulateMedia({ colorScheme: theme });
      await show(app, 'queues/shipping');
      await picture(app, `designer-${theme}-${size.width}x${size.height}`);
      if (size.width === 1440) {
        await app.page.keyboard.press('Control+e');
        await app.page.locator('.monaco-editor .active-line-number').waitFor();
        await picture(app, `designer-yaml-${theme}-${size.width}x${size.height}`);
      }
    } finally {
      await app.close();
    }
    const naive = await launchApp({ file: join(root, 'examples', 'naive.loom.yaml'), ...size });
    try {
      await naive.page.emulateMedia({ colorScheme: theme });
      await naive.page.locator('[data-rule]').first().waitFor();
      await naive.page.keyboard.press('F8');
      await picture(naive, `problems-${theme}-${size.width}x${size.height}`);
    } finally {
      await naive.close();
    }
  }
}

async function show({ page }: LaunchedApp, address: string): Promise<void> {
  await page.locator(`[data-id="${address}"]`).click();
  await page.getByRole('heading', { level: 2, name: address.split('/')[1] ?? '' }).waitFor();
}

/** The picture, once nothing moves any more and all fonts are there. */
async function picture({ page }: LaunchedApp, name: string): Promise<void> {
  await page.mouse.move(4, 400);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  });
  await page.waitForFunction(
    () => {
      const viewport = document.querySelector('.react-flow__viewport')?.getAttribute('style') ?? '';
      const still = viewport === document.body.dataset['viewport'];
      document.body.dataset['viewport'] = viewport;
      return still;
    },
    undefined,
    { polling: 400 },
  );
  await page.screenshot({ path: join(images, `${name}.png`) });
}
