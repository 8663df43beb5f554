import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { forgetGroup, reapGroup } from '../../support/reaper.ts';

/** A virtual screen of its own, so that tests neither need nor disturb the user's. */
export interface Display {
  /** Value for `DISPLAY`. */
  readonly name: string;
  stop(): Promise<void>;
}

/** Starts Xvfb on a display number that it finds free itself. */
export async function startDisplay(): Promise<Display> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const pid = child.pid;
  if (pid !== undefined) {
    reapGroup(pid);
    child.once('exit', () => forgetGroup(pid));
  }
  const number = await new Promise<string>((resolve, reject) => {
    child.once('error', () => reject(new Error('Xvfb is missing: install the Debian package xvfb.')));
    child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code} before it was ready.`)));
    (child.stdio[3] as Readable).once('data', (chunk) => resolve(String(chunk).trim()));
  });
  return { name: `:${number}`, stop: () => end(child, 'SIGTERM') };
}

/** Ends a child that this process started, and waits until it is gone. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  await gone;
}
