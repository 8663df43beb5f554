import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../support/ports.ts';
import { TestProcess } from '../../support/process.ts';
import { reapDir } from '../../support/reaper.ts';
import { python } from '../support/python.ts';

const run = promisify(execFile);

/** What a handler of a test has seen, and when. */
export interface Seen {
  readonly id: string;
  readonly data: { readonly orderId: string; readonly [name: string]: unknown };
  readonly attempt: number;
  readonly correlationId: string;
  readonly traceparent: string | null;
  readonly tenant: string | null;
  /** Seconds since the epoch. */
  readonly at: number;
}

/**
 * Notes each call; an order whose id begins with `bad` fails, one with `slow` takes half a second, and one with `stuck` never
 * ends the first time, whatever it is told.
 */
const HANDLER = `import json
import os
import time
from typing import Any

from billiard.exceptions import SoftTimeLimitExceeded

from messaging import Context, Message


def handle(message: Message[Any], context: Context) -> None:
    seen = {
        "id": message.envelope.event_id,
        "data": message.data,
        "attempt": context.attempt,
        "correlationId": message.envelope.correlation_id,
        "traceparent": message.envelope.traceparent,
        "tenant": message.headers.get("tenant"),
        "at": time.time(),
    }
    with open(os.environ["SEEN"], "a+", encoding="utf-8") as file:
        file.seek(0)
        again = message.envelope.event_id in file.read()
        file.write(json.dumps(seen) + "\\n")
    while message.data["orderId"].startswith("stuck") and not again:
        try:
            time.sleep(1)
        except SoftTimeLimitExceeded:
            pass
    if message.data["orderId"].startswith("slow"):
        time.sleep(0.5)
    if message.data["orderId"].startswith("bad"):
        raise RuntimeError("cannot be paid")
`;

/** The generated worker of the service payment, as a process. */
export class PaymentWorker {
  readonly dir: string;
  readonly #env: Readonly<Record<string, string>>;
  #process: TestProcess | undefined;
  #url = '';

  private constructor(dir: string, env: Readonly<Record<string, string>>) {
    this.dir = dir;
    this.#env = env;
  }

  /** Generates a design of the fault matrix with the command line. */
  static async generate(design: string, env: Readonly<Record<string, string>>): Promise<PaymentWorker> {
    const dir = mkdtempSync(join(tmpdir(), 'brokerloom-worker-'));
    reapDir(dir);
    await run('node', ['dist/cli.js', 'generate', design, '--out', join(dir, 'workspace')]);
    const worker = new PaymentWorker(join(dir, 'workspace'), env);
    writeFileSync(worker.#path('payment_worker/handlers/take_payment.py'), HANDLER);
    return worker;
  }

  #path(file: string): string {
    return join(this.dir, 'workers/payment', file);
  }

  get #seenFile(): string {
    return join(this.dir, 'seen.ndjson');
  }

  async start(): Promise<void> {
    const port = await freePort();
    this.#url = `http://127.0.0.1:${port}`;
    this.#process = await TestProcess.start(await python(), ['-m', 'payment_worker'], {
      name: 'payment worker',
      env: {
        PATH: process.env['PATH'] ?? '',
        PYTHONPATH: [join(this.dir, 'workers/messaging'), this.#path('')].join(delimiter),
        SEEN: this.#seenFile,
        HEALTH_PORT: String(port),
        STORE_ACCEPT_EMPTY: 'true',
        ...this.#env,
      },
    });
    await this.#process.waitReady(`${this.#url}/ready`);
  }

  get process(): TestProcess {
    if (this.#process === undefined) throw new Error('the worker was started');
    return this.#process;
  }

  async metrics(): Promise<string> {
    return (await fetch(`${this.#url}/metrics`)).text();
  }

  get seen(): readonly Seen[] {
    if (!existsSync(this.#seenFile)) return [];
    // What follows the last line end is half written, or nothing.
    const lines = readFileSync(this.#seenFile, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Seen);
  }

  /** Calls for one event, once there are so many. */
  async calls(id: string, count = 1): Promise<readonly Seen[]> {
    const mine = () => this.seen.filter((each) => each.id === id);
    await this.process.waitUntil(`handling ${id} ${count} times`, async () => mine().length >= count, 30_000);
    return mine();
  }
}
