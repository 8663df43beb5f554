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
/** Bytes that a service may have in memory, whatever happens: it is given far more work than that. */
const MAX_MEMORY = 400 * 1024 * 1024;
/** Deliveries of a lost connection that end beside those of the next one: of eight handlers, and not swept yet. */
const ADMITTED = 2 * 8 + 16;
/** How much there is to do, by service: settings of the sender and of the handlers. */
export type Pace = Readonly<Record<string, Readonly<Record<string, string>>>>;
/** Enough to keep handlers at work all the time, and little for the machine: for faults that take long. */
export const CALM: Pace = { order: { BATCH: '10', BACKLOG: '800' }, payment: { HANDLER_MS: '120' } };
/** By what is seen that a service works. */
const WORK: Readonly<Record<string, (event: Recorded) => boolean>> = {
  order: ({ type }) => type === 'confirm',
  payment: (event) => event.type === 'effect' && event.consumer === 'take-payment',
  email: (event) => event.type === 'effect' && event.consumer === 'send-email',
};
const ATTEMPTS = 3;

/** The broker's side of a run. */
export interface Side {
  readonly name: ProbeBroker;
  /** Deliveries that one consumer holds at a time. */
  readonly prefetch: number;
  /** Consumers to which the design promises the order of a key. */
  readonly ordered: readonly string[];
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
  /** Deletes the channel that take-payment reads. */
  dropSource(): Promise<void>;
  /** Sets how long consumers that connect from now on may hold a message, or sets it back. */
  limitAcks(ms: number | undefined): Promise<void>;
  /** Refuses some records of each batch from now on, or none, where batches are taken in part. @returns those refused so far */
  refuseSome?(on: boolean): number;
  /** Leaves no queue that takes what is published, where the broker routes. */
  unroute?(history: HistoryWriter): Promise<void>;
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
  /** Further settings of services, by name. */
  readonly settings: Record<string, Record<string, string>> = {};
  readonly #historyFile: string;
  readonly #enough: string;
  #instances = 0;

  constructor({ workspace, side, store, storeProxy }: Probe, count: number, pace: Pace = {}) {
    const dir = mkdtempSync(join(tmpdir(), 'brokerloom-fault-'));
    reapDir(dir);
    this.#historyFile = join(dir, 'history.ndjson');
    this.#enough = join(dir, 'enough');
    this.history = new HistoryWriter(this.#historyFile);
    this.side = side;
    this.store = store;
    this.storeProxy = storeProxy;
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
        ...pace[service],
        ...this.settings[service],
      }),
    });
  }

  /** Two instances of payment and one of email, ready. */
  async startConsumers(): Promise<void> {
    const keys: string[] = [];
    for (const service of ['payment', 'payment', 'email']) keys.push(await this.fleet.launch(service));
    for (const key of keys) await this.fleet.waitReady(key);
    this.#instances += keys.length;
  }

  /** Ends every instance of a service and starts as many, or `count`, with other settings: none unless given. */
  async restart(service: string, settings: Record<string, string> = {}, count?: number): Promise<void> {
    this.settings[service] = settings;
    const keys = this.fleet.keys.filter((key) => key.startsWith(`${service}#`));
    for (const key of keys) await this.fleet.end(key);
    for (let n = 0; n < (count ?? keys.length); n++) await this.fleet.start(service);
  }

  /** Ends the sender and waits until there is nothing left to do. */
  async quiet(): Promise<void> {
    await this.fleet.end('order#1');
    await this.side.drained(60_000);
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

  /** Writes a fault down with what was under way at this moment: by default handlers at work and sends. */
  strike(name: string, evidence = this.atWork() + this.unconfirmed().length): void {
    this.history.append({ type: 'fault', name, evidence });
  }

  /** Strikes as soon as there is something under way. */
  async strikeAtWork(name: string): Promise<void> {
    let evidence = 0;
    for (const end = Date.now() + 30_000; evidence === 0 && Date.now() < end; await pause(20))
      evidence = this.atWork() + this.unconfirmed().length;
    this.strike(name, evidence);
  }

  /** Handlers that have begun and not ended, poison apart: it has no effect that would tell. */
  atWork(): number {
    const expected = new Map(this.events('send').map(({ id, expect }) => [id, expect]));
    const ended = new Set(this.events('effect').map(({ id, consumer }) => `${consumer} ${id}`));
    const begun = this.events('handler-start')
      .filter(({ id, consumer }) => expected.get(id)?.[consumer] === 'effect')
      .map(({ id, consumer }) => `${consumer} ${id}`);
    return new Set(begun.filter((slot) => !ended.has(slot))).size;
  }

  /** Ids of the sends that are neither confirmed nor rejected. */
  unconfirmed(): string[] {
    const settled = new Set([...this.events('confirm'), ...this.events('reject')].map(({ id }) => id));
    return this.events('send').flatMap(({ id }) => (settled.has(id) ? [] : [id]));
  }

  /** Lets time pass, and looks at the services meanwhile: what they hold and how much memory they take stays bounded. */
  async endure(ms: number): Promise<void> {
    for (const end = Date.now() + ms; Date.now() < end; await pause(Math.min(500, ms))) await this.bounded();
  }

  async bounded(): Promise<void> {
    for (const key of this.fleet.keys) {
      const metrics = await this.fleet.metrics(key);
      const held = metrics.get('messaging_deliveries_in_flight') ?? 0;
      if (held > this.side.prefetch + ADMITTED)
        throw new Error(`${key} holds ${held} messages; its prefetch is ${this.side.prefetch}`);
      const memory = metrics.get('process_resident_memory_bytes') ?? 0;
      if (memory > MAX_MEMORY) throw new Error(`${key} takes ${memory} bytes of memory`);
    }
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

  /** Waits until every service works again after a heal, which it must within lease and 15 s. */
  async resumed(): Promise<void> {
    const before = readHistory(this.#historyFile).length;
    const idle = (): string[] => {
      const since = readHistory(this.#historyFile).slice(before);
      return Object.keys(WORK).filter((service) => !since.some((event) => WORK[service]?.(event)));
    };
    try {
      await this.until('work of every service', () => idle().length === 0, RESUME_MS);
    } catch (error) {
      const said = idle().map(
        (service) => `${service} does nothing: ${this.fleet.output(service).slice(-1_500)}`,
      );
      throw new Error(`${String(error)}\n${said.join('\n')}`);
    }
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
      inFlightBound: this.#instances * this.side.prefetch,
      strategy: 'key-store',
      ordered: this.side.ordered,
      ...plan,
    });
  }
}
