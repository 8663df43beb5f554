import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Broker } from '../../brokers/support/broker.ts';
import { type CheckReport, check } from '../../support/checker.ts';
import { HistoryWriter, type Recorded, readHistory } from '../../support/history.ts';
import type { FaultProxy } from '../../support/proxy.ts';
import { reapDir } from '../../support/reaper.ts';
import type { Plan, ProbeBroker } from '../matrix/fault.ts';
import type { Workspace } from '../workspace.ts';
import { Fleet } from './fleet.ts';

/** Lease of a claim in the probe designs, in ms. */
export const LEASE_MS = 6_000;
/** By when work goes on after a fault is healed: the lease and 15 s. */
export const RESUME_MS = LEASE_MS + 15_000;
/** Deliveries that one consumer holds at a time. */
export const PREFETCH = 32;
const ATTEMPTS = 3;

/** The broker's side of a run. */
export interface Side {
  readonly name: ProbeBroker;
  readonly broker: Broker;
  /** Between the services and the broker. */
  readonly proxy: FaultProxy;
  /** Where the services find the broker. */
  readonly env: Readonly<Record<string, string>>;
  /** Sends messages that no handler can read, past the producers of the workspace. */
  sendInvalid(history: HistoryWriter, count: number): Promise<void>;
  /** Waits until everything is settled. */
  drained(within: number): Promise<void>;
  /** Takes the dead letters and writes them into the history. */
  readDeadLetters(history: HistoryWriter): Promise<void>;
  /** Forgets what an earlier run has left behind. */
  clear(): Promise<void>;
  /** Deletes the dead-letter channel of take-payment. */
  dropDeadLetters(): Promise<void>;
  /** Adds what is missing at the broker, with the tool of the workspace. */
  restoreTopology(): Promise<void>;
  /** Makes the broker refuse messages for want of memory or disk. */
  alarm(on: boolean): Promise<void>;
  /** Takes the services' right to connect away, or gives it back. */
  revoke(revoked: boolean): Promise<void>;
  /** Messages handed out and not settled. */
  unsettled(): Promise<number>;
  dispose(): Promise<void>;
}

/** One broker with its generated workspace and its store, used by one run after the other. */
export interface Probe {
  readonly workspace: Workspace;
  readonly side: Side;
  readonly store: Broker;
  readonly storeProxy: FaultProxy;
}

/** One run: services, traffic, one fault, and what the history says in the end. */
export class ProbeRun {
  readonly side: Side;
  readonly store: Broker;
  readonly storeProxy: FaultProxy;
  readonly history: HistoryWriter;
  readonly fleet: Fleet;
  readonly count: number;
  /** Further settings of services, by name. */
  readonly settings: Record<string, Record<string, string>> = {};
  readonly #historyFile: string;
  readonly #enough: string;
  #instances = 0;

  constructor({ workspace, side, store, storeProxy }: Probe, count: number) {
    const dir = mkdtempSync(join(tmpdir(), 'brokerloom-fault-'));
    reapDir(dir);
    this.#historyFile = join(dir, 'history.ndjson');
    this.#enough = join(dir, 'enough');
    this.history = new HistoryWriter(this.#historyFile);
    this.side = side;
    this.store = store;
    this.storeProxy = storeProxy;
    this.count = count;
    this.fleet = new Fleet({
      workspace,
      history: this.history,
      historyFile: this.#historyFile,
      env: (service) => ({
        ...side.env,
        STORE_URL: storeProxy.via(store.url),
        COUNT: String(count),
        POISON_EVERY: '100',
        POISON_ATTEMPTS: String(ATTEMPTS),
        // More goes on coming for as long as the fault takes.
        UNTIL: this.#enough,
        BATCH: '30',
        PAUSE_MS: '100',
        HANDLER_MS: service === 'payment' ? '40' : '15',
        ...this.settings[service],
      }),
    });
  }

  /** Two instances of payment and one of email, ready. */
  async startConsumers(): Promise<void> {
    for (const service of ['payment', 'payment', 'email']) {
      await this.fleet.start(service);
      this.#instances++;
    }
  }

  async startSender(): Promise<void> {
    await this.fleet.start('order');
  }

  /** What the history holds by now. */
  events<T extends Recorded['type']>(type: T): Extract<Recorded, { type: T }>[] {
    return readHistory(this.#historyFile).filter(
      (event): event is Extract<Recorded, { type: T }> => event.type === type,
    );
  }

  /** Writes a fault down with the handlers at work and the sends under way at this moment. */
  strike(name: string): void {
    const starts = this.events('handler-start').length;
    const ends = this.events('effect').length;
    const sends = this.events('send').length;
    const settled = this.events('confirm').length + this.events('reject').length;
    this.history.append({
      type: 'fault',
      name,
      evidence: Math.max(starts - ends, 0) + Math.max(sends - settled, 0),
    });
  }

  /** Sends that are neither confirmed nor rejected. */
  unconfirmed(): number {
    const settled = new Set([...this.events('confirm'), ...this.events('reject')].map(({ id }) => id));
    return this.events('send').filter(({ id }) => !settled.has(id)).length;
  }

  /** Waits until a process has nothing at work: what it began has had its effect or failed. */
  async idle(pid: number): Promise<void> {
    let last = -1;
    await this.until(`process ${pid} idle`, async () => {
      const count = [...this.events('handler-start'), ...this.events('effect')].filter(
        (event) => event.pid === pid,
      ).length;
      const still = count === last;
      last = count;
      await pause(1_000);
      return still;
    });
  }

  /** The process that had each effect which was had again later. */
  repeatedEffects(): number[] {
    const last = new Map<string, number>();
    return this.events('effect').flatMap(({ id, consumer, pid }) => {
      const before = last.get(`${consumer} ${id}`);
      last.set(`${consumer} ${id}`, pid);
      return before === undefined ? [] : [before];
    });
  }

  /** Waits until there are so many effects. */
  async effects(atLeast: number, within = 60_000): Promise<void> {
    await this.until(`${atLeast} effects`, () => this.events('effect').length >= atLeast, within);
  }

  /** Waits until work goes on after a heal, which it must within lease and 15 s. */
  async resumed(): Promise<void> {
    await this.effects(this.events('effect').length + 1, RESUME_MS);
  }

  async until(what: string, probe: () => boolean | Promise<boolean>, within = 60_000): Promise<void> {
    const end = Date.now() + within;
    while (!(await probe())) {
      if (Date.now() > end) throw new Error(`${what}: not within ${within} ms`);
      await pause(200);
    }
  }

  /** Waits until all is sent, handled and settled, and checks the history. */
  async verdict({ verify, ...plan }: Plan): Promise<CheckReport> {
    writeFileSync(this.#enough, '');
    await this.fleet.instance('order#1').waitOutput(/all sends are settled/, 180_000);
    await this.side.drained(180_000);
    await this.side.readDeadLetters(this.history);
    verify?.();
    return check(readHistory(this.#historyFile), {
      inFlightBound: this.#instances * PREFETCH,
      strategy: 'key-store',
      ...plan,
    });
  }
}
