import { createClient } from 'redis';
import { orAborted } from '../core/abort.ts';
import { fullJitter } from '../core/backoff.ts';
import { readSetting } from '../core/env.ts';
import { ConfigurationError, StoreLostError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { Checkpoint, Held, Lease, LeaseStore, Standing } from '../core/partitions/leases.ts';
import * as scripts from './redisLeaseScripts.ts';

export interface RedisLeasesConfig {
  /** `redis://` or `rediss://`; user and password may be in it or given apart. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** PEM text. Certificates are always verified; `ca` replaces the system's authorities. */
  readonly ca?: string;
  /** First part of every key, and of the sentinel of the store: that of the idempotency store. Default `loom`. */
  readonly prefix?: string;
}

/**
 * Keeps leases and checkpoints in the Redis of the idempotency store (6.2 or newer), and shares its sentinel: a Redis
 * that has lost its records is refused here as well.
 */
export function redisLeases(config: RedisLeasesConfig): LeaseStore {
  return new RedisLeases(config);
}

/** `<prefix>_URL`, `_USERNAME`, `_PASSWORD`, `_TLS_CA`, as the store reads them. @throws ConfigurationError */
export function redisLeasesFromEnv(prefix = 'REDIS'): LeaseStore {
  const read = (name: string) => readSetting(`${prefix}_${name}`);
  const url = read('URL');
  if (url === undefined) throw new ConfigurationError(`${prefix}_URL (or ${prefix}_URL_FILE) is not set.`);
  const settings = { username: read('USERNAME'), password: read('PASSWORD'), ca: read('TLS_CA') };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return redisLeases({ url, ...Object.fromEntries(given) });
}

/** A lease as it is kept. */
interface Row {
  readonly o?: string;
  readonly e: number;
  readonly c?: Checkpoint;
}

class RedisLeases implements LeaseStore {
  readonly #client;
  readonly #prefix: string;
  #known: string | undefined;
  #log: Logger | undefined;

  constructor({ url, username, password, ca, prefix = 'loom' }: RedisLeasesConfig) {
    if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol))
      throw new ConfigurationError('The Redis URL must start with redis:// or rediss:// and name a host.');
    this.#prefix = prefix;
    this.#client = createClient({
      url,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      // A beat that waits in a queue while Redis is away would speak for leases that have gone to others.
      disableOfflineQueue: true,
      commandOptions: { timeout: 0 },
      pingInterval: 2_000,
      socket: {
        socketTimeout: 10_000,
        connectTimeout: 5_000,
        reconnectStrategy: (retries: number) => 50 + fullJitter(retries + 1, 100, 2_000),
        ...(ca === undefined ? {} : { tls: true, ca }),
      },
    });
    // Without a listener the event would end the process. It comes with each attempt to connect: what is new is logged.
    this.#client.on('error', (error: Error) => {
      if (error.message !== this.#known)
        this.#log?.warn({ err: error }, 'The Redis of the leases is not reachable; trying again.');
      this.#known = error.message;
    });
    this.#client.on('ready', () => {
      this.#known = undefined;
    });
  }

  get connected(): boolean {
    return this.#client.isReady;
  }

  async open(signal: AbortSignal, log: Logger): Promise<void> {
    this.#log = log;
    if (this.#client.isOpen) return;
    const connecting = this.#client.connect();
    connecting.catch(() => {});
    await orAborted(connecting, signal);
  }

  async beat(group: string, member: string, held: readonly Held[], leaseMs: number): Promise<Standing> {
    const renewed = held.flatMap(({ shard, epoch }) => [shard, String(epoch)]);
    const answer = await this.#run(scripts.beat, group, [member, String(leaseMs), ...renewed]);
    const [members, flat] = answer as [string[], string[]];
    const leases: Lease[] = [];
    for (let at = 0; at + 1 < flat.length; at += 2) leases.push(leaseOf(flat[at] ?? '', flat[at + 1] ?? ''));
    return { members, leases };
  }

  async take(group: string, member: string, shard: string, leaseMs: number): Promise<Lease | undefined> {
    const answer = await this.#run(scripts.take, group, [member, String(leaseMs), shard]);
    return answer === 0 ? undefined : leaseOf(shard, String(answer));
  }

  async save(
    group: string,
    member: string,
    checkpoints: readonly (Held & { readonly checkpoint: Checkpoint })[],
  ): Promise<readonly boolean[]> {
    const flat = checkpoints.flatMap(({ shard, epoch, checkpoint }) => [shard, String(epoch), checkpoint]);
    const answer = (await this.#run(scripts.save, group, [member, ...flat])) as number[];
    return answer.map((saved) => saved === 1);
  }

  async release(group: string, member: string, held: readonly Held[]): Promise<void> {
    const flat = held.flatMap(({ shard, epoch }) => [shard, String(epoch)]);
    await this.#run(scripts.release, group, [member, ...flat]);
  }

  async leave(group: string, member: string): Promise<void> {
    await this.#run(scripts.leave, group, [member]);
  }

  async startOf(group: string, stream: string, proposed: string): Promise<string> {
    return String(await this.#run(scripts.startOf, group, [stream, proposed]));
  }

  async forget(group: string, shards: readonly string[]): Promise<void> {
    if (shards.length > 0) await this.#run(scripts.forget, group, shards);
  }

  async close(): Promise<void> {
    if (this.#client.isReady) await this.#client.close();
    else if (this.#client.isOpen) this.#client.destroy();
  }

  async #run(script: string, group: string, args: readonly string[]): Promise<unknown> {
    const sentinel = `${this.#prefix}:sentinel`;
    const of = (what: string) => `${this.#prefix}:kinesis:${what}:${group}`;
    const keys = [sentinel, of('leases'), of('members'), of('starts')];
    const answer = await this.#client.eval(script, { keys, arguments: [...args] });
    if (answer === null)
      throw new StoreLostError(`The store of the leases has lost its records: ${sentinel} is missing.`);
    return answer;
  }
}

function leaseOf(shard: string, text: string): Lease {
  const { o, e, c } = JSON.parse(text) as Row;
  return {
    shard,
    epoch: e,
    ...(o === undefined ? {} : { owner: o }),
    ...(c === undefined ? {} : { checkpoint: c }),
  };
}
