import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { type ProcessOptions, TestProcess } from '../../support/process.ts';

export const run = promisify(execFile);

/** One way to run a broker. Every method but `start` expects it to run; `start` works again after `stop` and `kill`. */
export interface Engine {
  readonly source: 'docker' | 'native';
  readonly pid: number | undefined;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Waits until `probe` is true; rejects with the broker's own output when it ends first or time runs out. */
  waitUntil(probe: () => Promise<boolean>): Promise<void>;
  /** Ends everything for good. */
  dispose(): Promise<void>;
}

export interface NativeOptions extends ProcessOptions {
  /** What asks for a clean shutdown without waiting for clients to leave. Default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
}

/** Runs a broker's program directly, from the distribution's packages. */
export class NativeEngine implements Engine {
  readonly source = 'native';
  #command: string;
  #args: readonly string[];
  #options: NativeOptions;
  #process: TestProcess | undefined;

  constructor(command: string, args: readonly string[], options: NativeOptions) {
    this.#command = command;
    this.#args = args;
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#process?.exit ? undefined : this.#process?.pid;
  }

  async start(): Promise<void> {
    this.#process = await TestProcess.start(this.#command, this.#args, this.#options);
  }

  async stop(): Promise<void> {
    this.#signalAll('SIGCONT');
    await this.#process?.terminate(undefined, this.#options.stopSignal);
  }

  async kill(): Promise<void> {
    this.#signalAll('SIGKILL');
    await this.#process?.kill();
  }

  async pause(): Promise<void> {
    this.#signalAll('SIGSTOP');
  }

  async resume(): Promise<void> {
    this.#signalAll('SIGCONT');
  }

  /** The group, and children that have left it: each server process of PostgreSQL leads a session of its own. */
  #signalAll(signal: NodeJS.Signals): void {
    if (this.pid === undefined) return;
    const children = childrenOf(this.pid);
    this.#process?.signal(signal, { group: true });
    for (const child of children) {
      try {
        process.kill(child, signal);
      } catch {
        // It has ended meanwhile.
      }
    }
  }

  async waitUntil(probe: () => Promise<boolean>): Promise<void> {
    await this.#process?.waitUntil('ready', probe, 120_000);
  }

  async dispose(): Promise<void> {
    await this.kill();
  }
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  } catch {
    return [];
  }
}

/** Runs a broker's official image; its port is published on 127.0.0.1 only. */
export class DockerEngine implements Engine {
  readonly source = 'docker';
  readonly pid = undefined;
  readonly container: string;
  #follow: TestProcess | undefined;

  private constructor(container: string) {
    this.container = container;
  }

  static async create(
    image: string,
    port: number,
    containerPort: number,
    args: string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<DockerEngine> {
    const container = `brokerloom-test-${process.pid}-${port}`;
    const publish = `127.0.0.1:${port}:${containerPort}`;
    await run('docker', [
      'create',
      '--name',
      container,
      '--hostname',
      'broker',
      '-p',
      publish,
      ...Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
      image,
      ...args,
    ]);
    return new DockerEngine(container);
  }

  async start(): Promise<void> {
    await run('docker', ['start', this.container]);
    this.#follow = await TestProcess.start('docker', ['logs', '--follow', '--tail', '0', this.container], {
      name: this.container,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' },
    });
  }

  async stop(): Promise<void> {
    await run('docker', ['stop', '--time', '30', this.container]);
  }

  async kill(): Promise<void> {
    await run('docker', ['kill', this.container]);
  }

  async pause(): Promise<void> {
    await run('docker', ['pause', this.container]);
  }

  async resume(): Promise<void> {
    await run('docker', ['unpause', this.container]);
  }

  async waitUntil(probe: () => Promise<boolean>): Promise<void> {
    await this.#follow?.waitUntil('ready', probe, 120_000);
  }

  async dispose(): Promise<void> {
    await run('docker', ['rm', '--force', '--volumes', this.container]);
  }
}

let dockerAnswers: boolean | undefined;

/** Whether a container engine answers: the client alone does not count. */
export function hasDocker(): boolean {
  dockerAnswers ??= succeeds('docker', ['info', '--format', '{{.ServerVersion}}']);
  return dockerAnswers;
}

function succeeds(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
}
