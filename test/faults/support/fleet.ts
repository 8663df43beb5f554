import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { HistoryFollower } from '../../support/follow.ts';
import type { HistoryWriter } from '../../support/history.ts';
import { freePort } from '../../support/ports.ts';
import { type Exit, TestProcess } from '../../support/process.ts';
import type { Workspace } from '../workspace.ts';

interface FleetOptions {
  readonly workspace: Workspace;
  readonly history: HistoryWriter;
  readonly historyFile: string;
  /** What a service gets beside its own secrets: where its brokers are, and how much it has to do. */
  env(service: string): Record<string, string>;
}

/** The services of a generated workspace, each instance a process of its own, named `service#n`. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #instances = new Map<string, TestProcess>();
  readonly #urls = new Map<string, string>();
  /** Every process that was ever started, for what it has printed. */
  readonly #all: TestProcess[] = [];

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#instances.size;
  }

  /** Names of the instances that run. */
  get keys(): string[] {
    return [...this.#instances.keys()];
  }

  instance(key: string): TestProcess {
    const found = this.#instances.get(key);
    if (!found) throw new Error(`${key} runs`);
    return found;
  }

  /** Starts one more instance of a service, and waits until it is ready. */
  async start(service: string): Promise<TestProcess> {
    const key = await this.launch(service);
    await this.waitReady(key);
    return this.instance(key);
  }

  async waitReady(key: string, withinMs?: number): Promise<void> {
    await this.instance(key).waitReady(`${this.#urls.get(key)}/ready`, withinMs);
  }

  /** Starts one more instance of a service, and does not wait. @returns Its name. */
  async launch(service: string): Promise<string> {
    const { workspace, historyFile, env } = this.#options;
    let n = 1;
    while (this.#instances.has(`${service}#${n}`)) n++;
    const key = `${service}#${n}`;
    const port = await freePort();
    const { command, args, env: own } = await workspace.programOf(service);
    const instance = await TestProcess.start(command, args, {
      name: key,
      cwd: workspace.dir,
      env: {
        ...workspace.env,
        ...own,
        // The store of a run is new, which is what an operator says with this.
        STORE_ACCEPT_EMPTY: 'true',
        HEALTH_PORT: String(port),
        LOG_LEVEL: 'info',
        HISTORY: historyFile,
        ...env(service),
      },
    });
    this.#instances.set(key, instance);
    this.#all.push(instance);
    this.#urls.set(key, `http://127.0.0.1:${port}`);
    return key;
  }

  /** Whether an instance runs and says that it is ready. */
  async ready(key: string): Promise<boolean> {
    const answer = await fetch(`${this.#urls.get(key)}/ready`).catch(() => undefined);
    return answer?.ok === true;
  }

  /** Why an instance says that it is not ready; nothing where it is. */
  async problems(key: string): Promise<string> {
    const answer = await fetch(`${this.#urls.get(key)}/ready`);
    return ((await answer.json()) as { problems: string[] }).problems.join(' ');
  }

  /** What an instance measures, by name; of several series with one name the sum. */
  async metrics(key: string): Promise<ReadonlyMap<string, number>> {
    const answer = await fetch(`${this.#urls.get(key)}/metrics`);
    const sums = new Map<string, number>();
    for (const line of (await answer.text()).split('\n')) {
      const [, name = '', value = ''] = /^([a-z_]+)(?:\{.*\})? (\S+)/.exec(line) ?? [];
      sums.set(name, (sums.get(name) ?? 0) + Number(value));
    }
    return sums;
  }

  /** Kills one instance with -9, says so in the history, and starts it again. */
  async kill(key: string): Promise<void> {
    await this.crash(key);
    await this.start(key.split('#')[0] ?? key);
  }

  /** Kills one instance with -9 and says so in the history. */
  async crash(key: string): Promise<void> {
    await this.instance(key).kill();
    this.#bury(key);
  }

  /** Waits until an instance has killed itself, and says so in the history. */
  async died(key: string): Promise<void> {
    await this.instance(key).exited;
    this.#bury(key);
  }

  #bury(key: string): void {
    this.#options.history.append({ type: 'kill', victim: this.instance(key).pid });
    this.#instances.delete(key);
  }

  /** Asks one instance to end, and waits until it has. */
  async end(key: string): Promise<Exit> {
    const exit = await this.instance(key).terminate();
    this.#instances.delete(key);
    return exit;
  }

  /** What every instance of a service has printed, of all services without a name. */
  output(service?: string): string {
    const chosen = this.#all.filter(({ name }) => service === undefined || name.startsWith(`${service}#`));
    return chosen.map(({ output }) => output).join('\n');
  }

  /** The passwords that the services were given. */
  get secrets(): string[] {
    const folder = join(this.#options.workspace.dir, 'secrets');
    return readdirSync(folder)
      .filter((file) => file.endsWith('.env'))
      .flatMap((file) => Object.entries(parseEnv(readFileSync(join(folder, file), 'utf8'))))
      .flatMap(([name, value]) => (name.endsWith('_PASSWORD') && value ? [value] : []));
  }

  /** Waits until an instance has handlers at work, so that a kill at once meets work in flight. */
  async busy(key: string, atLeast = 4): Promise<void> {
    const instance = this.instance(key);
    const { pid } = instance;
    const follower = new HistoryFollower(this.#options.historyFile);
    follower.next();
    const open = new Set<string>();
    const end = Date.now() + 60_000;
    while (open.size < atLeast) {
      if (Date.now() > end) throw new Error(`${key} has nothing to do: ${instance.output.slice(-2_000)}`);
      await pause(5);
      for (const event of follower.next().filter((each) => each.pid === pid)) {
        if (event.type === 'handler-start') open.add(event.id);
        else if (event.type === 'effect') open.delete(event.id);
      }
    }
    follower.close();
  }

  /** Asks every instance to end. @returns Their exit codes. */
  async terminate(): Promise<(number | null)[]> {
    const exits = await Promise.all([...this.#instances.values()].map((instance) => instance.terminate()));
    this.#instances.clear();
    return exits.map(({ code }) => code);
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.#instances.values()].map((instance) => instance.kill()));
    this.#instances.clear();
  }
}
