import { setTimeout as pause } from 'node:timers/promises';
import { HistoryFollower } from '../../support/follow.ts';
import type { HistoryWriter } from '../../support/history.ts';
import { freePort } from '../../support/ports.ts';
import { TestProcess } from '../../support/process.ts';
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

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#instances.size;
  }

  instance(key: string): TestProcess {
    const found = this.#instances.get(key);
    if (!found) throw new Error(`${key} runs`);
    return found;
  }

  /** Starts one more instance of a service, and waits until it is ready. */
  async start(service: string): Promise<TestProcess> {
    const { workspace, historyFile, env } = this.#options;
    let n = 1;
    while (this.#instances.has(`${service}#${n}`)) n++;
    const key = `${service}#${n}`;
    const port = await freePort();
    const instance = await TestProcess.start(
      'node',
      [`--env-file=secrets/${service}.env`, `services/${service}/src/main.ts`],
      {
        name: key,
        cwd: workspace.dir,
        env: {
          ...workspace.env,
          // The store of a run is new, which is what an operator says with this.
          STORE_ACCEPT_EMPTY: 'true',
          HEALTH_PORT: String(port),
          LOG_LEVEL: 'info',
          HISTORY: historyFile,
          ...env(service),
        },
      },
    );
    this.#instances.set(key, instance);
    await instance.waitReady(`http://127.0.0.1:${port}/ready`);
    return instance;
  }

  /** Kills one instance with -9, says so in the history, and starts it again. */
  async kill(key: string): Promise<void> {
    const victim = this.instance(key);
    await victim.kill();
    this.#options.history.append({ type: 'kill', victim: victim.pid });
    this.#instances.delete(key);
    await this.start(key.split('#')[0] ?? key);
  }

  /** Waits until an instance has handlers at work, so that a kill at once meets work in flight. */
  async busy(key: string, atLeast = 4): Promise<void> {
    const { pid } = this.instance(key);
    const follower = new HistoryFollower(this.#options.historyFile);
    follower.next();
    const open = new Set<string>();
    const end = Date.now() + 60_000;
    while (open.size < atLeast) {
      if (Date.now() > end) throw new Error(`${key} has nothing to do; the run sends too little`);
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
