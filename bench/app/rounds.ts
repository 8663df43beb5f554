import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type LaunchedApp, launchApp } from '../../test/e2e/support/app.ts';
import { drawingOf } from './drawing.ts';
import { type Cost, costOf, frame, timeToNodes } from './measure.ts';
import type { Plain } from './plain/main.tsx';
import { launchPlain } from './plainApp.ts';

/** What one round measured, of the designer and of React Flow alone. */
export interface Pair<T> {
  readonly own: T;
  readonly plain: T;
}

const STEPS = 60;

/** Panning at full size and with everything in view, dragging, and typing, with this many elements. */
export interface Moves {
  readonly pan: Pair<Cost>;
  readonly panAll: Pair<Cost>;
  readonly drag: Pair<Cost>;
  /** Typing into the text beside the canvas; there is nothing plain to compare it with. */
  readonly typing: Cost;
}

/** A file of the design, open in the app, for as long as `use` takes. */
async function opened<T>(text: string, use: (app: LaunchedApp) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'brokerloom-bench-'));
  const file = join(folder, 'bench.loom.yaml');
  await writeFile(file, text);
  const app = await launchApp({ file });
  try {
    await app.page.locator('.react-flow__node').first().waitFor({ timeout: 120_000 });
    return await use(app);
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The part of the page that the canvas takes, and where it looks. */
async function viewOf(page: Page): Promise<Pick<Plain, 'width' | 'height' | 'viewport'>> {
  return page.evaluate(() => {
    const { width, height } = document.querySelector('.react-flow')?.getBoundingClientRect() ?? new DOMRect();
    const style = document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform ?? '';
    const { e: x, f: y, a: zoom } = new DOMMatrix(style);
    return { width, height, viewport: { x, y, zoom } };
  });
}

async function draw(page: Page, plain: Plain): Promise<void> {
  await page.evaluate((given) => (window as unknown as { draw(plain: Plain): void }).draw(given), plain);
  await page.locator('.react-flow__node').first().waitFor();
}

/** The middle of the canvas, where the wheel turns. */
async function middleOf(page: Page): Promise<[number, number]> {
  const box = await page.locator('.react-flow').boundingBox();
  if (!box) throw new Error('There is no canvas.');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

async function pan(page: Page): Promise<Cost> {
  await page.mouse.move(...(await middleOf(page)));
  await frame(page);
  return costOf(page, STEPS, (at) => page.mouse.wheel(at % 40 < 20 ? 24 : -24, at % 30 < 15 ? 16 : -16));
}

/** Drags the element that is nearest to the middle. */
async function drag(page: Page): Promise<Cost> {
  const [x, y] = await middleOf(page);
  const nodes = page.locator('.react-flow__node:not(.react-flow__node-broker)');
  const boxes = await Promise.all((await nodes.all()).map((node) => node.boundingBox()));
  const near = boxes
    .flatMap((box) => (box ? [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }] : []))
    .sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y))[0];
  if (!near) throw new Error('No element is in view.');
  await page.mouse.move(near.x, near.y);
  await page.mouse.down();
  const cost = await costOf(page, STEPS, (at) => page.mouse.move(near.x + 2 * at, near.y + at));
  await page.mouse.up();
  return cost;
}

async function typing(page: Page): Promise<Cost> {
  await page.keyboard.press('Control+e');
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('End');
  return costOf(page, STEPS, () => page.keyboard.type('x'));
}

/** Everything that moves, once. */
export async function moves(elements: number): Promise<Moves> {
  const { text, nodes, edges } = drawingOf(elements);
  const own = await opened(text, async ({ page }) => {
    // A large design is reviewed while nothing else is to do, which is no part of what is measured here.
    await page.getByRole('button', { name: /^Problems:/ }).waitFor({ timeout: 120_000 });
    const all = await viewOf(page);
    const panAll = await pan(page);
    await page.keyboard.press('1');
    await page.getByRole('button', { name: 'Zoom to 100 %' }).getByText('100 %').waitFor();
    await frame(page);
    const near = await viewOf(page);
    return { all, near, panAll, pan: await pan(page), drag: await drag(page), typing: await typing(page) };
  });
  const plain = await launchPlain();
  try {
    await draw(plain.page, { nodes, edges, ...own.all });
    const panAll = await pan(plain.page);
    await draw(plain.page, { nodes, edges, ...own.near });
    return {
      panAll: { own: own.panAll, plain: panAll },
      pan: { own: own.pan, plain: await pan(plain.page) },
      drag: { own: own.drag, plain: await drag(plain.page) },
      typing: own.typing,
    };
  } finally {
    await plain.close();
  }
}

/** Time from the key that opens a file to its elements, against as many nodes that are given to React Flow at once; ms. */
export async function opening(elements: number): Promise<Pair<number>> {
  const { text, nodes, edges } = drawingOf(elements);
  const folder = await mkdtemp(join(tmpdir(), 'brokerloom-bench-'));
  const file = join(folder, 'bench.loom.yaml');
  await writeFile(file, text);
  const app = await launchApp();
  let own: number;
  let view: Awaited<ReturnType<typeof viewOf>>;
  try {
    await app.page.getByRole('button', { name: 'New design' }).waitFor();
    await app.answerOpen(file);
    own = await timeToNodes(app.page, () => app.page.keyboard.press('Control+o'));
    view = await viewOf(app.page);
  } finally {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
  const plain = await launchPlain();
  try {
    await plain.page.evaluate(
      (given) => {
        const { draw } = window as unknown as { draw(plain: Plain): void };
        addEventListener('keydown', () => draw(given), { once: true });
      },
      { nodes, edges, ...view } satisfies Plain,
    );
    return { own, plain: await timeToNodes(plain.page, () => plain.page.keyboard.press('o')) };
  } finally {
    await plain.close();
  }
}

/** From the start of the process to a canvas that can be used, against a window without anything in it; ms. */
export async function starting(): Promise<Pair<number>> {
  const begin = performance.now();
  const own = await opened(drawingOf(100).text, async () => performance.now() - begin);
  const before = performance.now();
  const plain = await launchPlain();
  const empty = performance.now() - before;
  await plain.close();
  return { own, plain: empty };
}
