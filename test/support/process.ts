import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { forgetGroup, reapGroup } from './reaper.ts';

/** How a process ended: exactly one of the two is set. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ProcessOptions {
  /** Shown in error messages. */
  name?: string;
  cwd?: string;
  /** The complete environment; nothing is inherited, so that a test cannot depend on the caller's shell. */
  env?: Record<string, string>;
}

/** A child process in a process group of its own, which ends with the test process at the latest. */
export class TestProcess {
  readonly name: string;
  readonly pid: number;
  /** Settles when the process has ended and its output is complete. */
  readonly exited: Promise<Exit>;
  #child: ChildProcess;
  #output = '';
  #exit: Exit | undefined;

  private constructor(name: string, child: ChildProcess, pid: number) {
    this.name = name;
    this.pid = pid;
    this.#child = child;
    reapGroup(pid);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.#output += chunk;
      });
    }
    this.exited = once(child, 'close').then(([code, signal]) => {
      forgetGroup(pid);
      this.#exit = { code, signal } as Exit;
      return this.#exit;
    });
  }

  /** Starts `command`; rejects when it cannot be run at all. */
  static async start(
    command: string,
    args: readonly string[],
    options: ProcessOptions = {},
  ): Promise<TestProcess> {
    const name = options.name ?? command;
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? {},
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await once(child, 'spawn').catch((error: Error) => {
      throw new Error(`${name} could not be started: ${error.message}`);
    });
    return new TestProcess(name, child, child.pid as number);
  }

  /** Everything the process has written so far, both streams in the order of arrival. */
  get output(): string {
    return this.#output;
  }

  /** Undefined while the process runs. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  /** Sends a signal to the process itself; to the whole group with `group`. False when it has ended already. */
  signal(signal: NodeJS.Signals, { group = false } = {}): boolean {
    if (this.#exit) return false;
    if (!group) return this.#child.kill(signal);
    try {
      return process.kill(-this.pid, signal);
    } catch {
      return false;
    }
  }

  /** kill -9 of the process and what it started; resolves when it is gone. */
  async kill(): Promise<Exit> {
    this.signal('SIGKILL', { group: true });
    return this.exited;
  }

  /** SIGTERM (or `signal`), then waits; kill -9 and an error when the process outlives `graceMs`. */
  async terminate(graceMs = 30_000, signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    this.signal(signal);
    const exit = await withDeadline(this.exited, graceMs);
    if (exit) return exit;
    await this.kill();
    throw new Error(`${this.name} did not end within ${graceMs} ms of ${signal}.\n${this.#output}`);
  }

  /** Waits until `probe` resolves to true. Rejects with the output when the process ends or time runs out first. */
  async waitUntil(what: string, probe: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!(await probe().catch(() => false))) {
      if (this.#exit) throw new Error(`${this.name} ended before it was ${what}.\n${this.#output}`);
      if (Date.now() > end)
        throw new Error(`${this.name} was not ${what} within ${timeoutMs} ms.\n${this.#output}`);
      await delay(50);
    }
  }

  /** Waits until an HTTP GET of `url` (a service's `/ready`) answers with a 2xx status. */
  async waitReady(url: string, timeoutMs?: number): Promise<void> {
    await this.waitUntil('ready', async () => (await fetch(url)).ok, timeoutMs);
  }

  /** Waits until the output matches, and returns the match. */
  async waitOutput(pattern: RegExp, timeoutMs?: number): Promise<RegExpMatchArray> {
    await this.waitUntil(`printing ${pattern}`, async () => pattern.test(this.#output), timeoutMs);
    return this.#output.match(pattern) as RegExpMatchArray;
  }
}

/** The value of `promise`, or undefined when it has not settled within `ms`. */
export async function withDeadline<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  const timer = new AbortController();
  try {
    return await Promise.race([promise, delay(ms, undefined, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
}
