import { randomUUID } from 'node:crypto';
import { createClient, defineScript } from 'redis';
import { orAborted } from '../core/abort.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import { Coalesced } from '../core/coalesce.ts';
import { readSetting } from '../core/env.ts';
import { ConfigurationError, StoreLostError } from '../core/errors.ts';
import { lengthPrefixed } from '../core/idempotency/key.ts';
import { SentinelWatch } from '../core/idempotency/sentinelWatch.ts';
import type { ClaimResult, FinishOutcome, IdempotencyStore } from '../core/idempotency/store.ts';
import type { Logger } from '../core/log.ts';
import type { OffsetStore } from '../core/offsets.ts';
import {
  type ClaimItem,
  claimAll,
  claimAnswers,
  type FinishItem,
  finishAll,
  loadOffset,
  release,
  renew,
  saveOffset,
} from './redisScripts.ts';

/**
 * Of one request. Deliveries that come all at once are asked about in several, so that those which are answered are
 * handled while Redis looks up the others.
 */
const maxRecords = 64;

export interface RedisStoreConfig {
  /** `redis://` or `rediss://`; user and password may be in it or given apart. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** PEM texts. Certificates are always verified; `ca` replaces the system's authorities. */
  readonly ca?: string;
  /** First part of every key. Default `loom`. */
  readonly prefix?: string;
  /** Write the sentinel into a store that has none: an operator's word that the store may be empty. */
  readonly acceptEmpty?: boolean;
}

/**
 * Keeps the records in Redis 6.2 or newer, which has to be durable (`appendonly yes`) and must not evict
 * (`maxmemory-policy noeviction`): a record that disappears is an event that may be handled twice.
 */
export function redisStore(config: RedisStoreConfig): RedisStore {
  return new RedisStore(config);
}

/**
 * `<prefix>_URL`, `_USERNAME`, `_PASSWORD`, `_TLS_CA`, each also as `…_FILE`, and `_ACCEPT_EMPTY=true`.
 * @throws ConfigurationError
 */
export function redisStoreFromEnv(prefix = 'REDIS'): RedisStore {
  const url = readSetting(`${prefix}_URL`);
  if (url === undefined) throw new ConfigurationError(`${prefix}_URL (or ${prefix}_URL_FILE) is not set.`);
  const username = readSetting(`${prefix}_USERNAME`);
  const password = readSetting(`${prefix}_PASSWORD`);
  const ca = readSetting(`${prefix}_TLS_CA`);
  return redisStore({
    url,
    acceptEmpty: readSetting(`${prefix}_ACCEPT_EMPTY`) === 'true',
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca }),
  });
}

export class RedisStore implements IdempotencyStore, OffsetStore {
  readonly #client;
  readonly #prefix: string;
  readonly #sentinel: string;
  readonly #acceptEmpty: boolean;
  #log: Logger | undefined;
  /** The last error of the connection, while there is none. */
  #known: string | undefined;
  readonly #watch = new SentinelWatch(() => this.#isPresent());
  readonly #claims = new Coalesced(
    (items: readonly ClaimItem[]) => this.#client.claimAll(this.#sentinel, items),
    maxRecords,
  );
  readonly #finishes = new Coalesced(
    (items: readonly FinishItem[]) => this.#client.finishAll(items),
    maxRecords,
  );

  constructor({ url, username, password, ca, prefix = 'loom', acceptEmpty = false }: RedisStoreConfig) {
    if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) {
      throw new ConfigurationError('The Redis URL must start with redis:// or rediss:// and name a host.');
    }
    this.#prefix = prefix;
    this.#sentinel = `${prefix}:sentinel`;
    this.#acceptEmpty = acceptEmpty;
    this.#client = createClient({
      url,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      // A command that waits in a queue while Redis is away would answer long after its lease; rejecting says so.
      disableOfflineQueue: true,
      // It covers the wait for the socket only, which the line above rules out, and costs a timer for each command.
      commandOptions: { timeout: 0 },
      // A silent Redis is noticed: the ping keeps a healthy connection from running into the socket timeout.
      pingInterval: 2_000,
      socket: {
        socketTimeout: 10_000,
        connectTimeout: 5_000,
        reconnectStrategy: (retries: number) => 50 + fullJitter(retries + 1, 100, 2_000),
        ...(ca === undefined ? {} : { tls: true, ca }),
      },
      scripts: {
        claimAll: defineScript(claimAll),
        renew: defineScript(renew),
        finishAll: defineScript(finishAll),
        release: defineScript(release),
        loadOffset: defineScript(loadOffset),
        saveOffset: defineScript(saveOffset),
      },
    });
    // Without a listener the event would end the process. It comes with each attempt to connect: what is new is logged.
    this.#client.on('error', (error: Error) => {
      if (error.message !== this.#known)
        this.#log?.warn({ err: error }, 'Redis is not reachable; trying again.');
      this.#known = error.message;
    });
    this.#client.on('ready', () => {
      this.#known = undefined;
    });
  }

  get connected(): boolean {
    return this.#client.isReady;
  }

  get lost(): boolean {
    return this.#watch.lost;
  }

  async open(signal: AbortSignal, log?: Logger): Promise<void> {
    this.#log = log;
    // Resolves once connected; the reconnect strategy never gives up.
    const connecting = this.#client.connect();
    connecting.catch(() => {});
    await orAborted(connecting, signal);
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      try {
        if (this.#acceptEmpty) await this.accept();
        if (await this.#isPresent()) return this.#watch.start(log);
        break;
      } catch {
        await pause(fullJitter(attempt, 100, 2_000), signal);
      }
    }
    throw new StoreLostError(
      `The idempotency store has no ${this.#sentinel}: it is new, or has lost its records. Accept that (see ` +
        'docs/runtime.md) once it is clear that events may be handled again.',
    );
  }

  /** Writes the sentinel if there is none: from here on the store counts as complete. */
  async accept(): Promise<void> {
    await this.#client.set(this.#sentinel, `${new Date().toISOString()} ${randomUUID()}`, {
      condition: 'NX',
    });
    this.#watch.note(false);
  }

  async claim(key: string, token: string, leaseMs: number, replayId: string): Promise<ClaimResult> {
    const answer = await this.#claims.add({ key: this.#key(key), token, leaseMs, replayId });
    this.#watch.note(answer === claimAnswers.lost);
    switch (answer) {
      case claimAnswers.claimed:
        return { state: 'claimed' };
      case claimAnswers.done:
        return { state: 'done' };
      case claimAnswers.dead:
        return { state: 'dead' };
      case claimAnswers.lost:
        throw this.#lost();
      default:
        return { state: 'busy', remainingMs: answer };
    }
  }

  renew(key: string, token: string, leaseMs: number): Promise<boolean> {
    return this.#client.renew(this.#key(key), token, leaseMs);
  }

  finish(key: string, token: string, outcome: FinishOutcome, ttlMs: number): Promise<boolean> {
    const record = outcome.state === 'done' ? `done:${token}` : `dead:${token}:${outcome.replayId}`;
    return this.#finishes.add({ key: this.#key(key), token, record, ttlMs });
  }

  release(key: string, token: string): Promise<boolean> {
    return this.#client.release(this.#key(key), token);
  }

  async loadOffset(group: string, stream: string): Promise<bigint | undefined> {
    const next = await this.#client.loadOffset(this.#offsetKey(group, stream), this.#sentinel);
    if (next === 'lost') throw this.#lost();
    return next === null ? undefined : BigInt(next);
  }

  async saveOffset(group: string, stream: string, next: bigint): Promise<void> {
    const saved = await this.#client.saveOffset(this.#offsetKey(group, stream), this.#sentinel, String(next));
    if (!saved) throw this.#lost();
  }

  async close(): Promise<void> {
    this.#watch.stop();
    if (this.#client.isReady) await this.#client.close();
    else if (this.#client.isOpen) this.#client.destroy();
  }

  #lost(): StoreLostError {
    return new StoreLostError(`The idempotency store has lost its records: ${this.#sentinel} is missing.`);
  }

  #offsetKey(group: string, stream: string): string {
    return `${this.#prefix}:offset:${lengthPrefixed([group, stream])}`;
  }

  async #isPresent(): Promise<boolean> {
    return (await this.#client.exists(this.#sentinel)) === 1;
  }

  #key(key: string): string {
    return `${this.#prefix}:${key}`;
  }
}
