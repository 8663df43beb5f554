import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject, vi } from 'vitest';
import { temporaryFolder } from '../disk/support.ts';

export { filesIn, temporaryFolder } from '../disk/support.ts';

export interface Ran {
  /** Exit code; `null` when it was killed for taking too long. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

// A test starts several processes, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
export const example = (name: string): string => join(root, 'examples', `${name}.loom.yaml`);

interface Where {
  readonly cwd?: string;
  /** Milliseconds after which the process is killed. */
  readonly within?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs the command line as a process of its own. */
export function brokerloom(
  args: readonly string[],
  { cwd = root, within = 30_000, env = {} }: Where = {},
): Ran {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [inject('cli'), ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
    encoding: 'utf8',
    timeout: within,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error && !('code' in error && error.code === 'ETIMEDOUT')) throw error;
  return { code: status, out: stdout, err: stderr };
}

/** A design file with this text, in a folder of its own. */
export async function designOf(text: string | Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'design.loom.yaml');
  await writeFile(path, text);
  return path;
}

/** Designs that can hang or exhaust a careless reader. */
export const bombs = {
  /** Nine levels of nine aliases each: 494 bytes that expand to 3 GB. */
  aliases: (() => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(of).join(',')}]\n`;
    const names = [...'bcdefghi'];
    const text = `brokerloom: 1\na: &a ["lol"]\n${names.map((name, i) => level(name, `*${'abcdefghi'[i]}`)).join('')}`;
    return text + '#'.repeat(Math.max(0, 494 - text.length));
  })(),
  depth: `brokerloom: 1\ndesign: ${'['.repeat(5000)}${']'.repeat(5000)}\n`,
} as const;
