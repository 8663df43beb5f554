import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDisplay } from './support/display.ts';
import { electronWithApp } from './support/runtime.ts';
import { chromiumPath, type Started, start } from './support/start.ts';

let folder: string;
let started: Started | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'brokerloom-start-'));
});
afterEach(async () => {
  await started?.stop();
  await rm(folder, { recursive: true, force: true });
});

const asRoot = process.getuid?.() === 0;
const noDisplay = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined };
const address = /^Brokerloom is at http:\/\/(127\.0\.0\.1|localhost):\d+\/$/;

/** A program in Electron's place that ends as soon as it is started. */
async function brokenElectron(): Promise<string> {
  const file = join(folder, 'electron');
  await writeFile(file, '#!/bin/sh\necho "libgtk-3.so.0: cannot open shared object file" >&2\nexit 127\n');
  await chmod(file, 0o755);
  return file;
}

describe('npm start without a desktop app', () => {
  test('says why in one line, serves the web app on loopback and keeps running', async () => {
    started = start([], noDisplay);
    expect(await started.line(/did not start/)).toBe('The desktop app did not start: there is no display.');
    const url = (await started.line(address)).split(' ').at(-1) ?? '';
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: asRoot ? ['--no-sandbox'] : [],
    });
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      const response = await page.goto(url);
      await page.getByRole('button', { name: 'New design' }).waitFor();
      expect(response?.headers()['content-security-policy']).toContain(
        "default-src 'none'; script-src 'self'",
      );
      expect(errors).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  test('says what is wrong with a binary that does not work or is not there', async () => {
    const display = { DISPLAY: ':0' };
    const flags = asRoot ? ['--no-sandbox'] : [];
    started = start(flags, { ...display, BROKERLOOM_ELECTRON: await brokenElectron() });
    expect(await started.line(/did not start/)).toMatch(
      /Electron ended \(127\) before its first paint: libgtk-3/,
    );
    await started.line(address);
    await started.stop();
    started = start(flags, { ...display, BROKERLOOM_ELECTRON: join(folder, 'none') });
    expect(await started.line(/did not start/)).toContain('does not exist');
    await started.line(address);
  });

  test.runIf(asRoot)('does not switch the sandbox off for root by itself', async () => {
    started = start([], { DISPLAY: ':0', BROKERLOOM_ELECTRON: await electronWithApp() });
    expect(await started.line(/did not start/)).toMatch(/sandbox does not work for root.*--no-sandbox/);
    await started.line(address);
  });

  test('refuses an option it does not know', async () => {
    started = start(['--wbe'], noDisplay);
    expect(await started.ended).toBe(2);
    expect(started.output()).toMatch(/^LOOM_USAGE Unknown option '--wbe'.* Use: npm start/);
  });

  test('refuses a file that is not there', async () => {
    started = start(['none.loom.yaml'], noDisplay);
    expect(await started.ended).toBe(2);
    expect(started.output()).toMatch(/^LOOM_USAGE .*none\.loom\.yaml There is no such file/);
  });
});

test('npm start opens the desktop window where there is a display and an Electron', async () => {
  const display = await startDisplay();
  try {
    const args = [join(folder, 'own.loom.yaml'), ...(asRoot ? ['--no-sandbox'] : [])];
    await writeFile(args[0] ?? '', 'brokerloom: 1\n');
    const env = {
      DISPLAY: display.name,
      BROKERLOOM_ELECTRON: await electronWithApp(),
      XDG_CONFIG_HOME: folder,
    };
    started = start(args, env);
    await started.line(/^The desktop app is open\.$/);
    expect(started.output()).not.toContain('did not start');
    await started.stop();
  } finally {
    await display.stop();
  }
});
