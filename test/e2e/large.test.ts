import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Graph } from '../../core/design/graph.ts';
import { placeAll } from '../../core/drawing/positions.ts';
import { routesOf } from '../../core/drawing/routes.ts';
import { sceneOf } from '../../core/drawing/scene.ts';
import { load } from '../../core/text/load.ts';
import { designOf } from '../../scripts/bench/designs.ts';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { Designer, SOON } from './support/pages/designer.ts';
import { box, User } from './support/user.ts';

/** A thousand elements, and a line from one corner of the drawing to the other. */
const text = designOf(1000).replace(
  '\nbindings:\n',
  '\nbindings:\n  far: { source: exchange-0, destination: queue-190, routingKey: far }\n',
);
const graph = Graph.of(load(text).design ?? expect.fail());
const scene = sceneOf(graph, false);
const positions = placeAll(scene, graph.design.layout);
const labelled = new Map(scene.links.map(({ id, from, to }) => [id, `Edge from ${from} to ${to}`]));
const drawing = {
  nodes: scene.nodes.map(({ address, size }) => ({ address, at: positions.get(address) ?? [0, 0], ...size })),
  lines: [...routesOf(scene, positions)].map(([id, { path }]) => ({ name: labelled.get(id) ?? '', path })),
};

let folder: string;
let file: string;
let app: LaunchedApp;
let designer: Designer;
let lines: Lines;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-large-'));
  file = join(folder, 'large.loom.yaml');
  await writeFile(file, text);
  app = await launchApp({ file });
  designer = new Designer(new User(app.page));
  await app.page.locator('.react-flow__node').first().waitFor();
  await app.page.getByRole('button', { name: /^Problems:/ }).waitFor({ timeout: 120_000 });
  lines = await app.page.evaluate(sample, drawing);
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

interface Seen {
  readonly missing: readonly string[];
  /** How much is in view. */
  readonly count: number;
  readonly elements: number;
  readonly zoom: number;
}

/** Points on all lines, close enough to tell what they cross. Runs in the page. */
function sample({ lines }: typeof drawing): readonly { name: string; points: readonly [number, number][] }[] {
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  return lines.map(({ name, path }) => {
    line.setAttribute('d', path);
    const steps = Math.ceil(line.getTotalLength() / 40);
    const points = Array.from({ length: steps }, (_, step) => line.getPointAtLength(step * 40));
    return { name, points: points.map(({ x, y }) => [x, y]) };
  });
}

type Lines = ReturnType<typeof sample>;

/** What should be in view, and what of it is not where it should be. Runs in the page. */
function look([{ nodes }, lines]: readonly [typeof drawing, Lines]): Seen {
  const pane = document.querySelector('.react-flow')?.getBoundingClientRect() ?? new DOMRect();
  const style = document.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform ?? '';
  const { e: left, f: top, a: zoom } = new DOMMatrix(style);
  const onScreen = (x: number, y: number) => [left + x * zoom, top + y * zoom] as const;
  const isIn = (x: number, y: number) => x > 0 && y > 0 && x < pane.width && y < pane.height;
  const missing: string[] = [];
  let count = 0;
  for (const { address, at, width, height } of nodes) {
    const [x, y] = onScreen(at[0] ?? 0, at[1] ?? 0);
    const [right, bottom] = onScreen((at[0] ?? 0) + width, (at[1] ?? 0) + height);
    if (right <= 0 || bottom <= 0 || x >= pane.width || y >= pane.height) continue;
    count++;
    const drawn = document.querySelector(`[data-id="${address}"]`)?.getBoundingClientRect();
    if (!drawn || Math.hypot(drawn.x - pane.x - x, drawn.y - pane.y - y) > 2) missing.push(address);
  }
  const drawnLines = new Set(
    [...document.querySelectorAll('[aria-label^="Edge from"]')].map((line) =>
      line.getAttribute('aria-label'),
    ),
  );
  for (const { name, points } of lines) {
    if (!points.some(([x, y]) => isIn(...onScreen(x, y)))) continue;
    count++;
    if (!drawnLines.has(name)) missing.push(name);
  }
  const elements = document.querySelectorAll('.react-flow__node:not(.react-flow__node-broker)').length;
  return { missing, count, elements, zoom };
}

const seen = (): Promise<Seen> => app.page.evaluate(look, [drawing, lines] as const);

/** The wheel over the middle of the canvas; returns after the frame that it makes. */
async function wheel(x: number, y: number): Promise<void> {
  await app.page.mouse.wheel(x, y);
  await app.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
}

async function atFullSize(): Promise<void> {
  await designer.user.press('1');
  await designer.button('Zoom to 100 %').getByText('100 %').waitFor();
  await expect.poll(isStill).toBe(true);
}

/** Whether the canvas has stopped moving. */
async function isStill(): Promise<boolean> {
  const viewport = app.page.locator('.react-flow__viewport');
  const before = await viewport.getAttribute('style');
  await app.page.waitForTimeout(100);
  return (await viewport.getAttribute('style')) === before;
}

async function middle(): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await box(designer.drawing);
  return { x: x + width / 2, y: y + height / 2 };
}

test('everything in view is drawn while the canvas is moved and zoomed, and nearly nothing else', async () => {
  const { page } = app;
  const all = await seen();
  expect(all).toMatchObject({ missing: [], elements: drawing.nodes.length });
  expect(all.count).toBeGreaterThan(drawing.nodes.length);
  await atFullSize();
  const { x, y } = await middle();
  await page.mouse.move(x, y);
  for (const zoomOut of [0, 2, 2]) {
    for (let step = 0; step < zoomOut; step++) await designer.user.click(designer.button('Zoom out'));
    await page.mouse.move(x, y);
    await page.waitForTimeout(300);
    for (const [dx, dy] of [
      [220, 0],
      [0, 170],
      [-260, -150],
    ] as const) {
      for (let step = 0; step < 6; step++) {
        await wheel(dx, dy);
        const { missing, elements } = await seen();
        expect(missing).toEqual([]);
        expect(elements).toBeLessThan(drawing.nodes.length);
      }
    }
    await app.screenshot(
      `large-${zoomOut === 0 ? 'full-size' : `smaller-${(await seen()).zoom.toFixed(2)}`}`,
    );
  }
  // To another place at once.
  const overview = await box(page.getByRole('img', { name: 'Overview' }));
  await page.mouse.move(overview.x + overview.width / 2, overview.y + overview.height / 2);
  await page.mouse.down();
  await page.mouse.move(overview.x + 30, overview.y + 30);
  await page.mouse.up();
  await expect.poll(async () => (await seen()).missing).toEqual([]);

  await designer.button('Fit').click();
  await expect.poll(async () => (await seen()).count, SOON).toBe(all.count);
  expect((await seen()).missing).toEqual([]);
  expect(app.pageErrors).toEqual([]);
});

/** A place of the window in the drawing. */
async function placeAt(spot: { x: number; y: number }): Promise<{ x: number; y: number }> {
  const style = await app.page.locator('.react-flow__viewport').getAttribute('style');
  const [, x, y, zoom] = /translate\((.+)px, (.+)px\) scale\((.+)\)/.exec(style ?? '') ?? [];
  const pane = await box(app.page.locator('.react-flow'));
  return { x: (spot.x - pane.x - Number(x)) / Number(zoom), y: (spot.y - pane.y - Number(y)) / Number(zoom) };
}

test('a marquee that moves the canvas selects what has gone out of view meanwhile', async () => {
  const { page } = app;
  await atFullSize();
  const pane = await box(designer.drawing);
  // Clear of the border that the panel beside it is widened by, and of every element.
  const start = { x: pane.x + 16, y: pane.y + 3 };
  const from = await placeAt(start);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  const end = { x: pane.x + pane.width - 100, y: pane.y + pane.height / 2 };
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.move(pane.x + pane.width - 2, end.y);
  await expect.poll(async () => (await placeAt(start)).x - from.x, SOON).toBeGreaterThan(2.5 * pane.width);
  await page.mouse.move(end.x, end.y);
  const to = await placeAt(end);
  await page.mouse.up();
  const inside = drawing.nodes.filter(
    ({ at: [x = 0, y = 0], width, height }) =>
      x < to.x && y < to.y && x + width > from.x && y + height > from.y,
  );
  expect(inside.length).toBeGreaterThan(10);
  await page.getByRole('heading', { name: `${inside.length} elements`, exact: true }).waitFor();
  expect((await seen()).missing).toEqual([]);
});

test('a drag takes along what is selected out of view', async () => {
  const { page } = app;
  await atFullSize();
  await designer.drawing.focus();
  await designer.user.press('Control+a');
  await page.getByRole('heading', { name: /^[\d,]+ elements$/ }).waitFor();
  const { x, y } = await middle();
  const boxes = await Promise.all((await page.locator('.react-flow__node-consumer').all()).map(box));
  const near = boxes.sort((a, b) => Math.hypot(a.x - x, a.y - y) - Math.hypot(b.x - x, b.y - y))[0];
  if (!near) throw new Error('No consumer is in view.');
  await designer.user.drag({ x: near.x + 40, y: near.y + 8 }, { x: near.x + 200, y: near.y + 8 });
  await designer.user.press('Control+s');
  const layout = async () => load(await readFile(file, 'utf8')).design?.layout;
  await expect.poll(layout, SOON).not.toEqual(graph.design.layout);
  const after = await layout();
  const moves = [...graph.design.layout].map(
    ([address, [from]]) => (after?.get(address)?.[0] ?? from) - from,
  );
  expect(moves.length).toBeGreaterThan(200);
  expect(Math.min(...moves)).toBeGreaterThan(140);
  expect(Math.max(...moves)).toBe(Math.min(...moves));
});
