import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** One thing that some part of the work needs. */
export interface Check {
  readonly name: string;
  readonly found: boolean;
  /** What was found, or what was looked for. */
  readonly detail: string;
  /** Completes "needed …". */
  readonly needed: string;
  readonly todo: string;
}

/** The first Node.js that runs TypeScript without a flag. https://nodejs.org/docs/latest-v22.x/api/typescript.html */
const leastNode = '22.18.0';

/** Looks for everything that generated workspaces and the desktop app need. */
export const checkMachine = (env: NodeJS.ProcessEnv): Promise<Check[]> =>
  Promise.all([node(), docker(), compose(), git(), electron(env), display(env)]);

const node = (): Check => ({
  name: 'Node.js',
  found: atLeast(process.versions.node, leastNode),
  detail: `${process.versions.node} (${leastNode} or newer)`,
  needed: 'to run generated services, which are TypeScript',
  todo: `Install Node.js ${leastNode} or newer: https://nodejs.org`,
});

const docker = async (): Promise<Check> => ({
  ...(await program('docker', ['version', '--format', '{{.Server.Version}}'])),
  name: 'Docker',
  needed: 'to run a generated workspace with its brokers in containers; npm run demo there needs none',
  todo: 'Install and start Docker, or point the services at brokers of your own: https://docs.docker.com/engine/install/',
});

const compose = async (): Promise<Check> => ({
  ...(await program('docker', ['compose', 'version', '--short'])),
  name: 'Docker Compose',
  needed: 'for docker compose up in a generated workspace',
  todo: 'Install the Compose plugin: https://docs.docker.com/compose/install/',
});

const git = async (): Promise<Check> => ({
  ...(await program('git', ['--version'])),
  name: 'git',
  needed: 'to keep designs and generated workspaces under version control',
  todo: 'Install git: https://git-scm.com/downloads',
});

function electron(env: NodeJS.ProcessEnv): Check {
  const found = electronBinary(env);
  return {
    name: 'Electron',
    found: found !== undefined,
    detail: found ?? 'its binary is not on this machine',
    needed: 'for the designer as a desktop app; in a browser it runs without: npm run web',
    todo: 'Run npm start with access to the internet once: Electron then downloads itself.',
  };
}

function electronBinary(env: NodeJS.ProcessEnv): string | undefined {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const executable = readFileSync(join(folder, 'path.txt'), 'utf8').trim();
    const path = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), executable);
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function display(env: NodeJS.ProcessEnv): Check {
  const found = process.platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  return {
    name: 'Display',
    found,
    detail: found ? 'a desktop session' : 'neither DISPLAY nor WAYLAND_DISPLAY is set',
    needed: 'for the designer as a desktop app; in a browser it runs without: npm run web',
    todo: 'Run it in a desktop session, or under xvfb-run.',
  };
}

/** Runs a program and takes the first line it prints. A program that hangs counts as missing. */
async function program(command: string, args: string[]): Promise<Pick<Check, 'found' | 'detail'>> {
  try {
    const { stdout } = await promisify(execFile)(command, args, { timeout: 5_000, killSignal: 'SIGKILL' });
    return { found: true, detail: stdout.split('\n')[0]?.trim() ?? '' };
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const detail = absent ? `${command} is not installed` : `${[command, ...args].join(' ')} fails`;
    return { found: false, detail };
  }
}

function atLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number));
  for (const [index, part] of (b ?? []).entries()) {
    const difference = (a?.[index] ?? 0) - part;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
