import { pause } from '../core/backoff.ts';
import type { Acknowledger } from './acknowledger.ts';
import type { Connection } from './connection.ts';
import type { Intake, Source } from './intake.ts';
import type { Joined, Membership } from './membership.ts';
import { moveDue, trim } from './scripts.ts';
import { dueKeyOf, keysOf } from './streams.ts';

const defaultMinIdleMs = 60_000;
const defaultIntervalMs = 30_000;
/** Milliseconds between looks for what other processes have put aside, and for what can be removed. */
const dueMs = 1_000;
const trimMs = 1_000;
/** Most entries that become due in one step. */
const maxDue = 200;

interface ChoreOptions {
  readonly connection: Connection;
  readonly membership: Membership;
  readonly intake: Intake;
  readonly acknowledger: Acknowledger;
  readonly isActive: () => boolean;
  /** Another member is at work now. */
  readonly deposed: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** What a member does beside reading, from its first entry to its last acknowledgement. */
export class Chores {
  readonly #options: ChoreOptions;
  readonly #stopping = new AbortController();
  #running: Promise<unknown> | undefined;
  #joined: Joined | undefined;
  #dueWait = new AbortController();
  /** When Redis last heard that this member is at work. */
  #heardAt = performance.now();

  constructor(options: ChoreOptions) {
    this.#options = options;
  }

  /** Also after each reconnect: the streams may be others. */
  start(joined: Joined): void {
    this.#joined = joined;
    const third = Math.max(50, Math.min(this.#minIdleMs / 3, 20_000));
    this.#running ??= Promise.all([
      this.#repeat(third, () => this.#refresh()),
      this.#repeat(joined.group.intervalMs ?? defaultIntervalMs, () => this.#reclaim()),
      this.#repeat(dueMs, () => this.#moveDue()),
      this.#repeat(trimMs, () => this.#trim()),
    ]);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  wake(): void {
    this.#dueWait.abort();
  }

  takeOver({ group }: Joined, source: Source, minIdleMs?: number): Promise<void> {
    const idle = minIdleMs ?? group.minIdleMs ?? defaultMinIdleMs;
    return this.#options.membership.takeOver(source, idle, group.backstop, minIdleMs === 0);
  }

  async activate(joined: Joined): Promise<boolean> {
    const isActive = await this.#options.membership.activate(joined.group.minIdleMs ?? defaultMinIdleMs);
    if (isActive) this.#heardAt = performance.now();
    return isActive;
  }

  get #minIdleMs(): number {
    return this.#joined?.group.minIdleMs ?? defaultMinIdleMs;
  }

  /** @param work may say in how many ms it is worth while again */
  async #repeat(everyMs: number, work: () => Promise<number | undefined>): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      let nextMs = everyMs;
      try {
        nextMs = (await work()) ?? everyMs;
      } catch (error) {
        this.#options.onFailure(error);
      }
      this.#dueWait = new AbortController();
      const woken = everyMs === dueMs ? AbortSignal.any([signal, this.#dueWait.signal]) : signal;
      await pause(Math.min(nextMs, everyMs), woken);
    }
  }

  /** Handlers may take longer than an entry may be idle: the member speaks for what it holds. */
  async #refresh(): Promise<undefined> {
    const { connection, membership, intake, acknowledger, isActive, deposed } = this.#options;
    void acknowledger.flush();
    if (connection.ready && this.#joined !== undefined) {
      const askedAt = performance.now();
      const isOurs = !isActive() || (await membership.activate(this.#minIdleMs));
      if (!isOurs) deposed();
      await Promise.all(this.#joined.sources.map((source) => membership.refresh(source)));
      this.#heardAt = askedAt;
    }
    if (performance.now() - this.#heardAt < this.#minIdleMs) return;
    // Others may have taken over everything by now.
    if (isActive()) deposed();
    else intake.loseAll();
  }

  async #reclaim(): Promise<undefined> {
    const { connection, isActive } = this.#options;
    const joined = this.#joined;
    if (!connection.ready || joined === undefined) return;
    if (joined.group.singleActive && !isActive()) return;
    for (const source of joined.sources) await this.takeOver(joined, source);
  }

  async #moveDue(): Promise<number | undefined> {
    const { connection } = this.#options;
    if (!connection.ready) return;
    let next = dueMs;
    for (const { key } of this.#joined?.sources ?? []) {
      const inMs = Number(await connection.run(moveDue, [key, dueKeyOf(key)], [String(maxDue)]));
      if (inMs >= 0) next = Math.min(next, inMs);
    }
    return next;
  }

  async #trim(): Promise<undefined> {
    const { connection } = this.#options;
    for (const stream of this.#joined?.streams ?? []) {
      const { trim: rule } = stream;
      if (rule === undefined || ('maxLen' in rule && rule.evict) || !connection.ready) continue;
      const most = 'maxLen' in rule ? String(rule.maxLen) : '-1';
      for (const key of keysOf(stream)) await connection.run(trim, [key], [most]);
    }
  }
}
