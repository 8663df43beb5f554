import { connect, type RecoveringChannelModel } from 'amqplib';
import { type Deferred, deferred, orAborted } from '../core/abort.ts';
import { fullJitter } from '../core/backoff.ts';
import { withoutSecrets } from '../core/env.ts';
import type { Logger } from '../core/log.ts';
import { connectOptions, type Purpose, type RabbitConfig, socketOptions } from './config.ts';

/** One connection that amqplib keeps alive, with back-off and full jitter between attempts. */
export class Link {
  readonly model: RecoveringChannelModel;
  #connected = false;
  #unblocked: Deferred<void> | undefined;

  private constructor(model: RecoveringChannelModel, broker: string, purpose: Purpose, log: Logger) {
    this.model = model;
    model.on('connect', () => {
      this.#connected = true;
      log.info({ broker, purpose }, 'Connected to RabbitMQ.');
    });
    model.on('disconnect', (error) => {
      this.#connected = false;
      this.#unblock();
      log.warn({ broker, purpose, err: error }, 'The connection to RabbitMQ is lost.');
    });
    model.on('reconnect-scheduled', ({ attempt, delay, error }) => {
      log.warn(
        { broker, purpose, attempt, delayMs: delay, err: error },
        'RabbitMQ is not reachable; trying again.',
      );
    });
    model.on('blocked', (reason) => {
      this.#unblocked ??= deferred();
      log.warn({ broker, purpose, reason }, 'RabbitMQ takes no messages: a resource alarm is on.');
    });
    model.on('unblocked', () => this.#unblock());
    // The 'close' that follows drives the recovery; without a listener the event would end the process.
    model.on('error', () => {});
  }

  /** Returns before the first connection stands, so that it can be closed while the broker is still absent. */
  static async open(config: RabbitConfig, purpose: Purpose, log: Logger): Promise<Link> {
    const model = await connect(connectOptions(config), {
      ...socketOptions(config, purpose),
      recovery: { waitForConnect: false, calculateDelay: (attempt) => 50 + fullJitter(attempt, 200, 5_000) },
    });
    return new Link(model, withoutSecrets(config.url), purpose, log);
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** A resource alarm: the broker has stopped reading (https://www.rabbitmq.com/docs/connection-blocked). */
  get blocked(): boolean {
    return this.#unblocked !== undefined;
  }

  /** @throws the signal's reason */
  async whenUnblocked(signal: AbortSignal): Promise<void> {
    while (this.#unblocked !== undefined) await orAborted(this.#unblocked.promise, signal);
  }

  #unblock(): void {
    this.#unblocked?.resolve();
    this.#unblocked = undefined;
  }

  async close(): Promise<void> {
    this.#unblock();
    await this.model.close();
    this.#connected = false;
  }
}
