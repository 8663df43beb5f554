import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from './support/app.ts';

let folder: string;
let app: LaunchedApp;

const design = `brokerloom: 1

design:
  name: small
  environment: prod

brokers:
  work: { kind: rabbitmq }

services:
  shop: {}

messages:
  order.placed: { version: 1 }

exchanges:
  orders: { broker: work, type: topic }

queues:
  billing: { broker: work }
  shipping: { broker: work }

producers:
  checkout: { service: shop, messages: [order.placed], channel: orders }

consumers:
  packer: { service: shop }

layout:
  consumers/packer: [640, 0]
  exchanges/orders: [208, 0]
  producers/checkout: [0, 0]
  queues/billing: [416, 0]
  queues/shipping: [416, 120]
`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-keyboard-'));
  const file = join(folder, 'design.loom.yaml');
  await writeFile(file, design);
  app = await launchApp({ file });
  await app.page.locator('.react-flow__node').first().waitFor();
});
afterEach(async () => {
  expect(app.pageErrors).toEqual([]);
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

const press = (keys: string): Promise<void> => app.page.keyboard.press(keys);
const element = (address: string): Locator => app.page.locator(`[data-id="${address}"]`);
const heading = (name: string): Locator => app.page.getByRole('heading', { level: 2, name, exact: true });

/** Address of the element with the focus, which is the selected one too. */
async function focused(): Promise<string | null> {
  const [focus, selected] = await app.page.evaluate(() => [
    document.activeElement?.getAttribute('data-id') ?? null,
    [...document.querySelectorAll('.react-flow__node.selected')].map((node) => node.getAttribute('data-id')),
  ]);
  expect(selected).toEqual([focus]);
  return focus as string | null;
}

async function saved(): Promise<string> {
  await press('Control+s');
  await expect.poll(() => app.page.getByTestId('file-state').textContent()).toBe('saved');
  return readFile(join(folder, 'design.loom.yaml'), 'utf8');
}

/** Presses Tab until the canvas has the focus, as somebody without a mouse does. */
async function reachCanvas(): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await press('Tab');
    if (await app.page.evaluate(() => document.activeElement?.hasAttribute('data-drawing'))) return;
  }
  throw new Error('40 presses of Tab did not lead to the canvas.');
}

describe('the canvas by keyboard alone', () => {
  test('Tab selects elements in reading order, and both ends lead out', async () => {
    await reachCanvas();
    const order = [];
    for (let presses = 0; presses < 5; presses++) {
      await press('Tab');
      order.push(await focused());
    }
    expect(order).toEqual([
      'producers/checkout',
      'exchanges/orders',
      'queues/billing',
      'consumers/packer',
      'queues/shipping',
    ]);
    const ring = await element('queues/shipping').evaluate((node) => getComputedStyle(node).outlineStyle);
    expect(ring).toBe('solid');
    await press('Tab');
    expect(await app.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Zoom out',
    );
    await press('Shift+Tab');
    await press('Shift+Tab');
    expect(await focused()).toBe('consumers/packer');
    await press('Escape');
    await heading('small').waitFor();
    await press('Tab');
    expect(await app.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Zoom out',
    );
  });

  test('brings the element into view that Tab goes to', async () => {
    await reachCanvas();
    await press('1');
    await app.page.getByRole('button', { name: 'Zoom to 100 %' }).getByText('100 %').waitFor();
    const pane = await app.page.getByTestId('drawing').boundingBox();
    for (let presses = 0; presses < 5; presses++) {
      await press('Tab');
      const id = await focused();
      await expect
        .poll(async () => {
          const box = await element(id ?? '').boundingBox();
          return box && pane && box.x >= pane.x && box.x + box.width <= pane.x + pane.width;
        })
        .toBe(true);
    }
  });

  test('names, moves, deletes and undoes what Tab selected', async () => {
    await reachCanvas();
    for (let presses = 0; presses < 3; presses++) await press('Tab');
    expect(await focused()).toBe('queues/billing');
    await press('Enter');
    await app.page.getByRole('textbox', { name: 'New name of billing' }).waitFor();
    await app.page.keyboard.type('invoices');
    await press('Enter');
    await element('queues/invoices').waitFor();
    await expect.poll(focused).toBe('queues/invoices');
    await press('ArrowDown');
    await press('Shift+ArrowRight');
    expect(await saved()).toContain('queues/invoices: [417, 8]');
    await press('Delete');
    await element('queues/invoices').waitFor({ state: 'detached' });
    for (let steps = 0; steps < 8; steps++) await press('Control+z');
    await element('queues/billing').waitFor();
    expect(await saved()).toBe(design);
  });

  test('C connects: arrows choose among what fits, the rest says why not', async () => {
    await reachCanvas();
    await press('Tab');
    await press('Tab');
    expect(await focused()).toBe('exchanges/orders');
    await press('c');
    const status = app.page.getByTestId('drawing').getByRole('status');
    await status.getByText('orders → billing').waitFor();
    await status.getByText('Valid target 1 of 2').waitFor();
    await press('ArrowDown');
    await status.getByText('orders → shipping').waitFor();
    await press('ArrowRight');
    await status.getByText('orders → shipping').waitFor();
    await press('Shift+Tab');
    await status.getByText('orders → packer').waitFor();
    const reason = 'An exchange keeps nothing; put a queue between it and the consumer.';
    await status.getByText(reason).waitFor();
    expect(await element('consumers/packer').locator('> div').getAttribute('title')).toBe(reason);
    await app.screenshot('keyboard-connect');
    await press('Enter');
    await status.getByText(reason).waitFor();
    await press('Escape');
    await status.waitFor({ state: 'detached' });
    expect(await saved()).toBe(design);
    await press('c');
    await press('ArrowDown');
    await press('Enter');
    await status.waitFor({ state: 'detached' });
    expect(await saved()).toMatch(/orders-shipping: \{ source: orders, destination: shipping/);
    expect(await focused()).toBe('exchanges/orders');
  });

  test('/ adds at the middle, and Ctrl D duplicates under a good name, as one step', async () => {
    await reachCanvas();
    await press('/');
    await app.page.getByRole('menuitem', { name: 'Producer' }).waitFor();
    for (let presses = 0; presses < 3; presses++) await press('ArrowDown');
    await press('Enter');
    await element('queues/tasks').waitFor();
    await expect.poll(focused).toBe('queues/tasks');
    await press('Control+d');
    await element('queues/tasks-2').waitFor();
    await expect.poll(focused).toBe('queues/tasks-2');
    await press('Control+d');
    await element('queues/tasks-3').waitFor();
    await press('Control+z');
    await element('queues/tasks-3').waitFor({ state: 'detached' });
    await element('queues/tasks-2').waitFor();
  });

  test('lists its keys in the sheet and its commands in the palette', async () => {
    await reachCanvas();
    await press('?');
    const sheet = app.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    for (const label of [
      'Next element',
      'Zoom to 100 %',
      'Add an element…',
      'Duplicate',
      'Connect the selected element…',
    ])
      await sheet.getByText(label, { exact: true }).waitFor();
    await app.screenshot('keyboard-sheet');
    await press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await press('Control+k');
    await app.page.getByPlaceholder('Search elements and commands').fill('zoom to');
    await app.page.getByRole('option', { name: 'Zoom to 100 %' }).waitFor();
  });

  test('carries out what was typed, however soon Enter follows', async () => {
    await reachCanvas();
    await press('Control+k');
    const search = app.page.getByRole('combobox', { name: 'Search elements and commands' });
    await search.waitFor();
    await search.evaluate((field) => {
      // Both in one task: nothing can be drawn between them.
      document.execCommand('insertText', false, 'dark theme');
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    });
    await app.page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
    await search.waitFor({ state: 'detached' });

    // What is typed behind the keys that open the search is in it: no key is taken for a shortcut of the canvas.
    await app.page.evaluate(() => {
      const press = (key: string, more = {}): void => {
        const target = document.activeElement ?? document.body;
        target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
      };
      press('p', { ctrlKey: true, code: 'KeyP' });
      return new Promise<void>((resolve) =>
        queueMicrotask(() => {
          document.execCommand('insertText', false, 'shipping');
          press('Enter');
          resolve();
        }),
      );
    });
    await app.page.getByRole('heading', { level: 2, name: 'shipping' }).waitFor();
  });
});
