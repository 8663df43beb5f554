import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { python } from '../../test/brokers/support/python.ts';
import { TestProcess } from '../../test/support/process.ts';
import type { Reading } from './load.ts';
import { limitMs, type Program, type Speed, speedBetween } from './program.ts';

/** Of a handler that only counts: a byte for each message, from whichever process of the pool has it. */
export const countingHandler = `import os
from typing import Any

from messaging import Context, Message

_counted = os.open(os.environ["BENCH_COUNTED"], os.O_WRONLY | os.O_APPEND)


def handle(message: Message[Any], context: Context) -> None:
    os.write(_counted, b".")
`;

/** Ticks of `/proc/PID/stat` in a second: USER_HZ, which is 100 on Linux. */
const TICKS = 100;

/**
 * Runs a Celery worker from its start to its end; the file of the program is the folder of its package. The clocks are
 * read from outside, each millisecond or so.
 * @throws when it fails or does not end
 */
export async function runWorker(program: Program, env: Readonly<Record<string, string>>): Promise<Speed> {
  const { file, warmUp, messages } = program;
  const folder = mkdtempSync(join(tmpdir(), 'brokerloom-worker-'));
  const counted = join(folder, 'counted');
  writeFileSync(counted, '');
  const worker = await TestProcess.start(await python(), ['-m', basename(file)], {
    name: file,
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      PYTHONPATH: [dirname(file), join(file, '../../messaging')].join(delimiter),
      LOG_LEVEL: 'warn',
      BENCH_COUNTED: counted,
      ...env,
    },
  });
  try {
    const end = Date.now() + limitMs;
    const counts = async (count: number): Promise<Reading> => {
      while (statSync(counted).size < count) {
        if (worker.exit || Date.now() > end) throw new Error(`${file} has stopped:\n${worker.output}`);
        await pause(1);
      }
      return { wall: performance.now(), cpu: processorTime(worker.pid) };
    };
    const start = await counts(warmUp);
    const speed = speedBetween(start, await counts(warmUp + messages), messages);
    const { code } = await worker.terminate();
    if (code !== 0) throw new Error(`${file} ended with ${code}:\n${worker.output}`);
    return speed;
  } finally {
    await worker.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of a process group, in milliseconds (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html). */
function processorTime(group: number): number {
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = readStat(pid);
    if (Number(stat[2]) === group) ticks += Number(stat[11]) + Number(stat[12]);
  }
  return (ticks / TICKS) * 1_000;
}

/** The fields behind the name of the program, which may have spaces; none when the process is gone. */
function readStat(pid: string): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
