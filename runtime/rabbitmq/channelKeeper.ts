import type { Channel } from 'amqplib';
import { deferred, orAborted } from '../core/abort.ts';
import { fullJitter, pause } from '../core/backoff.ts';
import { ClosedError } from '../core/errors.ts';

interface Steps<C> {
  /** Waits for the connection. */
  create(): Promise<C>;
  /** Makes the fresh channel usable. */
  setUp(channel: C): Promise<void>;
  /** Could not be opened, or was closed by the broker. */
  onFailure(error: unknown): void;
}

/** Keeps one channel open across the deaths of channel and connection, until it is closed. */
export class ChannelKeeper<C extends Channel> {
  readonly #steps: Steps<C>;
  readonly #closing = new AbortController();
  #opened = deferred<C>();
  #current: C | undefined;
  #endCurrent: () => void = () => {};

  constructor(steps: Steps<C>) {
    this.#steps = steps;
    void this.#keep();
  }

  get current(): C | undefined {
    return this.#current;
  }

  /** @throws the signal's reason, or ClosedError */
  whenOpen(signal: AbortSignal): Promise<C> {
    return orAborted(this.#opened.promise, signal);
  }

  /** The channel turned out to be dead. */
  discard(channel: C): void {
    if (this.#current === channel) this.#endCurrent();
  }

  /** The channel, if one is open, is closed with the broker's consent, so that what was sent before is processed. */
  async close(): Promise<void> {
    const reason = new ClosedError('The connection to RabbitMQ is closed.');
    this.#closing.abort(reason);
    const channel = this.#current;
    this.#current = undefined;
    if (channel !== undefined) await closeQuietly(channel);
    this.#opened.reject(reason);
  }

  async #keep(): Promise<void> {
    const { signal } = this.#closing;
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        const channel = await this.#steps.create();
        if (await this.#use(channel)) attempt = 1;
      } catch (error) {
        if (!signal.aborted) this.#steps.onFailure(error);
      }
      await pause(20 + fullJitter(attempt, 200, 5_000), signal);
    }
  }

  /** Returns when the channel is gone. */
  async #use(channel: C): Promise<boolean> {
    const gone = new Promise<void>((resolve) => {
      this.#endCurrent = resolve;
      channel.once('close', resolve);
    });
    channel.on('error', (error) => this.#steps.onFailure(error));
    try {
      await Promise.race([this.#steps.setUp(channel), gone]);
    } catch (error) {
      await closeQuietly(channel);
      throw error;
    }
    if (this.#closing.signal.aborted) {
      await closeQuietly(channel);
      return true;
    }
    this.#current = channel;
    this.#opened.resolve(channel);
    await gone;
    if (this.#closing.signal.aborted) return true;
    this.#current = undefined;
    this.#opened = deferred();
    return true;
  }
}

/** A dead channel throws synchronously from here, which is the same to us as being closed. */
export async function closeQuietly(channel: Channel): Promise<void> {
  try {
    await channel.close();
  } catch {
    // Closed already.
  }
}
