import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBuilt } from '../../build/ensure.ts';

/** The window was there until the user closed it; or why there was none. */
export type DesktopOutcome =
  | { readonly shown: true; readonly exitCode: number }
  | { readonly shown: false; readonly reason: string };

interface Options {
  /** Folder of the app's package.json. */
  readonly root: string;
  readonly file: string;
  /** False only when the user said so. */
  readonly sandbox: boolean;
}

/** Longest that Electron's binary may take to be downloaded, in ms. */
const downloadLimit = 20_000;
/** Longest that a window may take to appear, in ms; slow machines need a few seconds. */
const paintLimit = 60_000;

/** Opens the desktop app; returns when its window is closed, or as soon as it is clear that there will be none. */
export async function startDesktop({ root, file, sandbox }: Options): Promise<DesktopOutcome> {
  const obstacle = obstacleHere(sandbox);
  if (obstacle) return { shown: false, reason: obstacle };
  const binary = process.env['BROKERLOOM_ELECTRON'] ?? (await installedElectron(root));
  if (!binary || !existsSync(binary)) {
    const reason = process.env['BROKERLOOM_ELECTRON']
      ? `BROKERLOOM_ELECTRON names ${binary}, which does not exist.`
      : `Electron's binary is missing and could not be downloaded (limit ${downloadLimit / 1000} s).`;
    return { shown: false, reason };
  }
  await ensureBuilt('desktop');
  const args = [...(carriesApp(binary) ? [] : [root]), ...(sandbox ? [] : ['--no-sandbox']), file];
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
  return watch(child);
}

/** What keeps any Electron from showing a window on this machine, known without trying. */
function obstacleHere(sandbox: boolean): string | undefined {
  if (process.platform !== 'linux') return undefined;
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display.';
  if (process.getuid?.() === 0 && sandbox) {
    return "Chromium's sandbox does not work for root. Start as another user, or accept a window without it: npm start -- --no-sandbox";
  }
  return undefined;
}

/** The binary of the `electron` package, downloaded on first use (the package has no install script of its own). */
async function installedElectron(root: string): Promise<string | undefined> {
  const folder = join(root, 'node_modules', 'electron');
  const installed = () => {
    const pointer = join(folder, 'path.txt');
    const binary = existsSync(pointer) ? join(folder, 'dist', readFileSync(pointer, 'utf8')) : undefined;
    return binary && existsSync(binary) ? binary : undefined;
  };
  if (installed()) return installed();
  if (!existsSync(join(folder, 'install.js'))) return undefined;
  console.log('Downloading Electron …');
  const download = spawn(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore' });
  const limit = setTimeout(() => download.kill('SIGKILL'), downloadLimit);
  await ended(download);
  clearTimeout(limit);
  return installed();
}

/** An Electron with an app built into it takes no app as its first argument. */
const carriesApp = (binary: string): boolean => existsSync(join(dirname(binary), 'resources', 'app'));

async function watch(child: ChildProcess): Promise<DesktopOutcome> {
  let output = '';
  let shown = false;
  const limit = setTimeout(() => child.kill('SIGKILL'), paintLimit);
  const read = (chunk: string) => {
    if (shown) return void process.stderr.write(chunk);
    output += chunk;
    // Printed by the main process with the first paint, or by a second instance that handed its file to the first.
    shown = /^brokerloom: (window shown|already running)$/m.test(output);
    if (!shown) return;
    clearTimeout(limit);
    console.log('The desktop app is open.');
  };
  child.stdout?.setEncoding('utf8').on('data', read);
  child.stderr?.setEncoding('utf8').on('data', read);
  const how = await ended(child);
  clearTimeout(limit);
  if (shown) return { shown: true, exitCode: typeof how === 'number' ? how : 1 };
  const last = output.trim().split('\n').at(-1);
  return {
    shown: false,
    reason: `Electron ended (${how}) before its first paint${last ? `: ${last}` : '.'}`,
  };
}

/** Exit code, signal, or the error that kept the process from starting. */
const ended = (child: ChildProcess): Promise<number | string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
