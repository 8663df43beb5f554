import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { root } from './support/root.ts';
import { box, centre, User } from './support/user.ts';

let folder: string;
let app: LaunchedApp;
let user: User;
let file: string;
let text: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-canvas-'));
  file = join(folder, 'orders.loom.yaml');
  text = await readFile(join(root, 'examples', 'orders.loom.yaml'), 'utf8');
  await writeFile(file, text);
  app = await launchApp({ file });
  user = new User(app.page);
  await element('queues/payments').waitFor();
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const element = (address: string): Locator => app.page.locator(`[data-id="${address}"]`);
const left = async (address: string): Promise<number> => (await box(element(address))).x;

/** A busy machine takes its time. */
const SOON = { timeout: 20_000 };

/** The text as it would be read from disk. */
async function saved(): Promise<string> {
  await user.press('Control+s');
  await expect.poll(() => app.page.getByTestId('file-state').textContent(), SOON).toBe('saved');
  return readFile(file, 'utf8');
}

describe('the canvas as a drawing program', () => {
  test('selects what is dragged at once, and shows its properties when it is let go', async () => {
    const { page } = app;
    const heading = (name: string) => page.getByRole('heading', { name });
    await user.click(element('queues/payments'));
    await heading('payments').waitFor();
    const target = element('producers/checkout');
    const { x, y } = await centre(target);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 40, y + 40, { steps: 4 });
    await expect.poll(() => target.getAttribute('class'), SOON).toContain('selected');
    expect(await heading('payments').isVisible()).toBe(true);
    await page.mouse.up();
    await heading('checkout').waitFor();
    await user.press('Control+z');
    await expect.poll(() => page.getByTestId('file-state').textContent(), SOON).toBe('saved');
  });

  test('selects by marquee, aligns, arranges, and takes each back as one step', async () => {
    const { page } = app;
    const [from, to] = [
      await box(element('producers/checkout')),
      await box(element('producers/payment-events')),
    ];
    await user.drag({ x: from.x - 20, y: from.y - 20 }, { x: to.x + to.width / 2, y: to.y + to.height + 12 });
    await page.getByRole('heading', { name: '2 elements' }).waitFor();
    const before = await Promise.all([left('producers/checkout'), left('producers/payment-events')]);
    await user.click(page.getByRole('button', { name: 'Align right sides' }));
    const right = async (address: string) => {
      const { x, width } = await box(element(address));
      return x + width;
    };
    await expect
      .poll(
        async () =>
          Math.abs((await right('producers/checkout')) - (await right('producers/payment-events'))) < 1,
        SOON,
      )
      .toBe(true);
    expect(await left('producers/payment-events')).not.toBe(before[1]);
    const far = await left('consumers/take-payment');
    await user.press('Control+l');
    await expect.poll(() => left('consumers/take-payment'), SOON).not.toBe(far);
    await page.getByText(/^Arranging/).waitFor({ state: 'detached' });
    await user.press('Control+z');
    await user.press('Control+z');
    expect(await saved()).toBe(text);
    expect(app.pageErrors).toEqual([]);
  });

  test('comes in line with what stands near, and shows the line', async () => {
    const start = await centre(element('queues/shipping'));
    await user.hold(start, { x: start.x + 30, y: start.y + 1 });
    await app.page.locator('[data-guide="y"]').first().waitFor();
    await app.screenshot('canvas-guides');
    await app.page.mouse.up();
    await app.page.locator('[data-guide]').first().waitFor({ state: 'detached' });
    const moved = await saved();
    expect(/ {2}queues\/shipping: \[(\d+), 640\]/.exec(moved)?.[1]).not.toBe('800');
  });

  test('copies elements by the clipboard into another design, with what they need', async () => {
    await user.click(element('queues/payments'));
    await app.page.keyboard.down('Shift');
    await user.click(element('consumers/take-payment'));
    await app.page.keyboard.up('Shift');
    await app.page.getByRole('heading', { name: '2 elements' }).waitFor();
    await user.press('Control+c');
    await user.press('Control+n');
    await element('queues/payments').waitFor({ state: 'detached' });
    await user.press('Control+v');
    await element('queues/payments').waitFor();
    await element('consumers/take-payment').waitFor();
    await app.page.getByText('work · RabbitMQ').waitFor();
    await user.press('Control+z');
    await element('queues/payments').waitFor({ state: 'detached' });
    expect(app.pageErrors).toEqual([]);
  });

  test('inserts an exchange where it is dropped on a line', async () => {
    const [from, to] = [await box(element('exchanges/orders')), await box(element('queues/shipping'))];
    const onLine = {
      x: from.x + from.width + (to.x - from.x - from.width) * 0.2,
      y: from.y + from.height / 2,
    };
    await user.drag(await centre(app.page.getByRole('button', { name: 'Exchange', exact: true })), onLine);
    await element('exchanges/events').waitFor();
    const inserted = await saved();
    expect(inserted).toContain('{ source: orders, destination: events, routingKey: order.paid }');
    expect(inserted).toContain('{ source: events, destination: shipping, routingKey: "#" }');
  });

  test('jumps to an element, and folds retries in and out', async () => {
    await user.press('Control+p');
    await app.page.getByPlaceholder('Go to an element').waitFor();
    await user.type('pick-items.dlq');
    await user.press('Enter');
    await app.page.getByRole('heading', { level: 2, name: 'pick-items.dlq' }).waitFor();
    expect(await element('queues/pick-items.retry.500ms').count()).toBe(0);
    await user.click(app.page.getByRole('button', { name: 'Retry queues' }));
    await element('queues/pick-items.retry.500ms').waitFor();
    await user.click(app.page.getByRole('button', { name: 'Retry queues' }));
    await element('queues/pick-items.retry.500ms').waitFor({ state: 'detached' });
    expect(await app.page.getByTestId('file-state').textContent()).toBe('saved');
  });
});
