import { createHash } from 'node:crypto';
import { createClient, ErrorReply, RESP_TYPES } from 'redis';
import { orAborted } from '../core/abort.ts';
import { fullJitter } from '../core/backoff.ts';
import { ConfigurationError, ConnectionLostError, PublishRejectedError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { RedisConfig } from './config.ts';

export type Argument = string | Buffer;
/** Texts come as bytes: a body need not be UTF-8. */
export type Reply = Buffer | number | null | readonly Reply[];

/** One step on the server that nothing else can come between (https://redis.io/docs/latest/develop/programmability/eval-intro/). */
export interface Script {
  readonly source: string;
  readonly sha: string;
}

export const script = (source: string): Script => ({
  source,
  sha: createHash('sha1').update(source).digest('hex'),
});

const asBytes = { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } };

/** One connection that the client keeps alive, with back-off and full jitter between attempts. */
export class Connection {
  readonly #client;
  readonly #purpose: string;
  readonly #log: Logger;
  #opening: Promise<unknown> | undefined;
  /** One listener for all who wait. */
  #becomingReady: Promise<void> | undefined;
  /** The last error of the connection, while there is none. */
  #known: string | undefined;
  #closed = false;

  /** @throws ConfigurationError when the URL is not one of Redis */
  constructor({ url, username, password, ca, cert, key }: RedisConfig, purpose: string, log: Logger) {
    if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) {
      throw new ConfigurationError('The Redis URL must start with redis:// or rediss:// and name a host.');
    }
    this.#purpose = purpose;
    this.#log = log;
    const isTls = ca !== undefined || cert !== undefined || key !== undefined;
    this.#client = createClient({
      url,
      name: `brokerloom-${purpose}`,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      RESP: 2,
      // What waited in a queue while Redis was away would be sent without anybody waiting for it.
      disableOfflineQueue: true,
      // It covers the wait for the socket only, which the line above rules out, and costs a timer for each command.
      commandOptions: { timeout: 0 },
      // A silent Redis is noticed: the ping keeps a healthy connection from running into the socket timeout.
      pingInterval: 2_000,
      socket: {
        socketTimeout: 10_000,
        connectTimeout: 5_000,
        reconnectStrategy: (retries: number) => 50 + fullJitter(retries + 1, 100, 2_000),
        ...(isTls ? { tls: true as const } : {}),
        ...(ca === undefined ? {} : { ca }),
        ...(cert === undefined ? {} : { cert }),
        ...(key === undefined ? {} : { key }),
      },
    });
    // Without a listener the event would end the process. It comes with each attempt to connect: what is new is logged.
    this.#client.on('error', (error: Error) => {
      if (error.message !== this.#known)
        this.#log.warn({ err: error, purpose: this.#purpose }, 'Redis is not reachable; trying again.');
      this.#known = error.message;
    });
    this.#client.on('ready', () => {
      this.#known = undefined;
    });
  }

  get ready(): boolean {
    return this.#client.isReady;
  }

  /** @throws the signal's reason */
  async whenReady(signal: AbortSignal): Promise<void> {
    if (this.#opening === undefined) {
      // Resolves once connected; the reconnect strategy never gives up.
      this.#opening = this.#client.connect();
      this.#opening.catch(() => {});
    }
    while (!this.ready) {
      signal.throwIfAborted();
      this.#becomingReady ??= new Promise<void>((resolve) =>
        this.#client.once('ready', () => {
          this.#becomingReady = undefined;
          resolve();
        }),
      );
      await orAborted(this.#becomingReady, signal);
    }
  }

  /** @throws ReplyError when Redis refuses, ConnectionLostError when no answer came: the command may have had its effect */
  async command(...args: readonly Argument[]): Promise<Reply> {
    try {
      return await this.#client.sendCommand<Reply>(args, asBytes);
    } catch (error) {
      throw explained(error);
    }
  }

  async run({ source, sha }: Script, keys: readonly string[], args: readonly Argument[]): Promise<Reply> {
    const rest = [String(keys.length), ...keys, ...args];
    try {
      return await this.command('EVALSHA', sha, ...rest);
    } catch (error) {
      if (!(error instanceof ReplyError) || error.reply !== 'NOSCRIPT') throw error;
      return this.command('EVAL', source, ...rest);
    }
  }

  /** Ends it at once: what is under way fails. */
  destroy(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#client.isOpen) this.#client.destroy();
  }

  /** Lets what is under way be answered. */
  async close(): Promise<void> {
    if (this.#closed) return;
    if (!this.ready) return this.destroy();
    this.#closed = true;
    await this.#client.close();
  }
}

/** Redis has refused a command. `retryable`: for lack of memory, while it loads its data, and the like. */
export class ReplyError extends PublishRejectedError {
  /** First word of the reply (https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors). */
  readonly reply: string;

  constructor(message: string) {
    super(`Redis: ${message}`);
    this.reply = message.split(' ', 1)[0] ?? '';
  }
}

function explained(error: unknown): Error {
  if (error instanceof ErrorReply) return new ReplyError(error.message);
  if (error instanceof TypeError || error instanceof RangeError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new ConnectionLostError(`Redis has not answered: ${reason}`);
}
