import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const support = new URL('.', import.meta.url).href;

/** A test process that starts two helpers in groups of their own, one of which ends before it. */
const owner = (dir: string): string => `
  import { TestProcess } from '${support}process.ts';
  import { reapDir } from '${support}reaper.ts';
  reapDir(${JSON.stringify(dir)});
  const short = await TestProcess.start('true', []);
  await short.exited;
  const kept = await TestProcess.start('sh', ['-c', 'exec sleep 1000'], { env: { PATH: process.env.PATH } });
  console.log(short.pid, kept.pid);
  setInterval(() => {}, 1000);
`;

async function gone(path: string): Promise<void> {
  await expect.poll(() => existsSync(path), { timeout: 10_000 }).toBe(false);
}

it('ends processes and folders when the test process is killed with -9', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'brokerloom-reaper-'));
  const child = spawn(process.execPath, ['--input-type=module', '--eval', owner(dir)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const [, kept] = line.toString().trim().split(' ');
  expect(existsSync(`/proc/${kept}`)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'close');
  await gone(`/proc/${kept}`);
  await gone(dir);
});
