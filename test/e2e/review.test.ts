import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LaunchedApp, launchApp } from './support/app.ts';
import { root } from './support/root.ts';

let folder: string;
let app: LaunchedApp | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-review-'));
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function open(
  size: { width?: number; height?: number } = {},
): Promise<{ page: Page; file: string; text: string }> {
  const text = await readFile(join(root, 'examples', 'naive.loom.yaml'), 'utf8');
  const file = join(folder, 'naive.loom.yaml');
  await writeFile(file, text);
  app = await launchApp({ file, ...size });
  await app.page.locator('.react-flow__node').first().waitFor();
  return { page: app.page, file, text };
}

async function violations(page: Page, part = 'body'): Promise<unknown[]> {
  await page.mouse.move(700, 120);
  await page.getByRole('tooltip').waitFor({ state: 'detached' });
  // Legacy mode: the default opens a second page, which Electron has not got.
  const found = await new AxeBuilder({ page }).include(part).setLegacyMode().analyze();
  return found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
}

describe('the checklist', () => {
  test.each([
    ['light', 1440, 900],
    ['dark', 1024, 700],
  ] as const)('answers with evidence and by keyboard, %s at %i × %i', async (colorScheme, width, height) => {
    const { page } = await open({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.getByRole('button', { name: /^Checklist: \d+ of \d+ questions passed/ }).click();
    const questions = page.getByRole('tablist', { name: 'Questions' });
    await expect.poll(() => questions.getByRole('tab').count()).toBe(14);

    await questions.getByRole('tab', { name: /Are the handlers idempotent/ }).click();
    const findings = page.getByRole('list', { name: 'Findings' });
    await findings.getByText(/Consumer payment repeats its side effects/).waitFor();
    await app?.screenshot(`checklist-${colorScheme}-${width}x${height}`);
    expect(await violations(page)).toEqual([]);

    await page.keyboard.press('Shift+Tab');
    await questions.getByRole('tab', { selected: true }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: /dead-letter queue for failed messages.*Fail/ }).waitFor();

    await findings.getByText(/Queue orders has no dead-letter queue/).click();
    await page.getByRole('heading', { level: 2, name: 'orders' }).waitFor();
    expect(app?.pageErrors).toEqual([]);
  });

  test('follows an edit', async () => {
    const { page } = await open();
    await page.getByRole('tab', { name: 'Checklist' }).click();
    await page.getByRole('tab', { name: /Are messages durable/ }).click();
    const row = page.locator('[data-rule="rabbitmq/unroutable-handled"]');
    await row.getByRole('button').last().click();
    await row.waitFor({ state: 'detached' });
  });
});

test('a rule is explained with its examples and sources', async () => {
  const { page } = await open();
  await page.getByRole('button', { name: 'Explain dlq/required' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'dlq/required' });
  await dialog.getByRole('heading', { name: 'Bad' }).waitFor();
  await dialog.getByText('payments: { broker: work, deadLetter: true }').waitFor();
  await dialog.getByRole('button', { name: 'rabbitmq.com/docs/dlx' }).waitFor();
  await app?.screenshot('explain');
  expect(await violations(page, '[role=dialog]')).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('all safe fixes are previewed, made in one step and taken back to the byte', async () => {
  const { page, file, text } = await open();
  const fixAll = page.getByRole('button', { name: 'Fix all safe problems' });
  await fixAll.hover();
  await page
    .getByText(/^\+.*mandatory: true/)
    .first()
    .waitFor();
  await app?.screenshot('fix-all');
  await fixAll.click();
  await fixAll.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFile(file, 'utf8')).not.toBe(text);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFile(file, 'utf8')).toBe(text);
  await fixAll.waitFor();
});

test('the configuration beside the design applies, also as it changes, and one that means nothing is shown', async () => {
  const config = join(folder, 'brokerloom.config.yaml');
  await writeFile(config, 'rules: { dlq/required: off }\n');
  const { page } = await open();
  await page.getByText(/^Reviewed by .*brokerloom\.config\.yaml\.$/).waitFor();
  const explain = page.getByRole('button', { name: 'Explain dlq/required' });
  expect(await explain.count()).toBe(0);

  await writeFile(config, 'preset: all\n');
  await explain.first().waitFor();

  await writeFile(config, 'preset: all\nrules: { dlq/requird: off }\n');
  const banner = page.getByRole('alert').filter({ hasText: 'brokerloom.config.yaml:2:10' });
  await banner.waitFor();
  expect(await banner.textContent()).toContain('Did you mean dlq/required?');
  await app?.screenshot('config-broken');
  expect(await violations(page, '[role=alert]')).toEqual([]);

  await rm(config);
  await banner.waitFor({ state: 'detached' });
  expect(app?.pageErrors).toEqual([]);
});
