import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/ports.ts';
import { TestProcess } from '../support/process.ts';

/** One element of an instant vector. */
export interface Result {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

export interface ActiveAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
}

interface Target {
  readonly health: 'up' | 'down' | 'unknown';
  readonly scrapePool: string;
  readonly lastError: string;
}

/** A Prometheus of this test's own, on loopback, asked through its API: https://prometheus.io/docs/prometheus/latest/querying/api/ */
export class Prometheus {
  readonly #process: TestProcess;
  readonly #url: string;

  private constructor(process: TestProcess, url: string) {
    this.#process = process;
    this.#url = url;
  }

  /** @param files by name, `prometheus.yml` among them */
  static async start(folder: string, files: Readonly<Record<string, string>>): Promise<Prometheus> {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const port = await freePort();
    const args = [
      '--config.file=prometheus.yml',
      '--storage.tsdb.path=data',
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const env = { PATH: process.env['PATH'] ?? '' };
    const child = await TestProcess.start('prometheus', args, { cwd: folder, env });
    const url = `http://127.0.0.1:${port}`;
    await child.waitReady(`${url}/-/ready`);
    return new Prometheus(child, url);
  }

  async query(expression: string): Promise<readonly Result[]> {
    return (await this.#get<{ result: Result[] }>('query', { query: expression })).result;
  }

  async targets(): Promise<readonly Target[]> {
    return (await this.#get<{ activeTargets: Target[] }>('targets')).activeTargets;
  }

  async alerts(): Promise<readonly ActiveAlert[]> {
    return (await this.#get<{ alerts: ActiveAlert[] }>('alerts')).alerts;
  }

  /** Asks until the answer is as wanted. Rejects with the last answer when time runs out. */
  async until<T>(what: string, ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
    const end = Date.now() + 90_000;
    for (;;) {
      const answer = await ask();
      if (isWanted(answer)) return answer;
      if (Date.now() > end) throw new Error(`Not ${what}: ${JSON.stringify(answer, null, 2)}`);
      await pause(250);
    }
  }

  async dispose(): Promise<void> {
    await this.#process.kill();
  }

  async #get<T>(path: string, parameters: Record<string, string> = {}): Promise<T> {
    const query = new URLSearchParams(parameters);
    const response = await fetch(`${this.#url}/api/v1/${path}?${query}`);
    const body = (await response.json()) as { status: string; data: T; error?: string };
    if (body.status !== 'success') throw new Error(`${parameters['query'] ?? path}: ${body.error}`);
    return body.data;
  }
}
