import type { Channel, Message } from 'amqplib';
import { pause } from '../core/backoff.ts';
import type { Logger } from '../core/log.ts';
import { StreamProgress, type StreamRecord } from '../core/streamProgress.ts';
import type { Delivery, StreamOptions, Subscription, TopicOrigin, WireMessage } from '../core/types.ts';
import { ChannelKeeper, closeQuietly } from './channelKeeper.ts';
import { Intake } from './intake.ts';
import type { Link } from './link.ts';
import { fromAmqp } from './message.ts';

const offsetHeader = 'x-stream-offset';
/** A crash repeats what was settled in this time, at most; the consumer's records suppress it. */
const saveIntervalMs = 100;

/**
 * One stream read over AMQP 0-9-1, where the broker keeps no offsets: the reader says where to begin
 * (https://www.rabbitmq.com/docs/streams#consuming), and an acknowledgement only lets the broker send more.
 */
export class StreamSubscription implements Subscription {
  readonly #options: StreamOptions;
  readonly #log: Logger;
  readonly #keeper: ChannelKeeper<Channel>;
  readonly #closing = new AbortController();
  #progress = new StreamProgress(undefined);
  #intake: Intake | undefined;
  #consumerTag: string | undefined;
  #cancelled = false;
  #saved: bigint | undefined;
  #saving: Promise<void> | undefined;

  constructor(link: Link, options: StreamOptions, log: Logger) {
    const { stream } = options;
    this.#options = options;
    this.#log = log;
    this.#keeper = new ChannelKeeper({
      create: () => link.model.createChannel(),
      setUp: (channel) => this.#consume(channel),
      onFailure: (error) => log.error({ err: error, stream }, 'The stream cannot be read; trying again.'),
    });
  }

  get open(): boolean {
    return this.#cancelled || this.#keeper.current !== undefined;
  }

  async whenOpen(signal: AbortSignal): Promise<void> {
    await this.#keeper.whenOpen(signal);
  }

  async cancel(): Promise<void> {
    this.#cancelled = true;
    const tag = this.#consumerTag;
    // A channel that has died has taken the consumer with it.
    if (tag !== undefined) await this.#keeper.current?.cancel(tag).catch(() => {});
  }

  async close(): Promise<void> {
    this.#cancelled = true;
    this.#closing.abort();
    await this.#saving;
    await this.#save().catch(() => {});
    this.#intake?.flush();
    await this.#keeper.close();
  }

  async #consume(channel: Channel): Promise<void> {
    if (this.#cancelled) return;
    const { stream, group, startFrom, offsets, prefetch } = this.#options;
    const from = this.#progress.next ?? (await offsets.loadOffset(group, stream));
    const progress = new StreamProgress(from);
    const intake = new Intake(channel, prefetch);
    this.#progress = progress;
    this.#intake = intake;
    await channel.prefetch(prefetch);
    const begin = from === undefined ? (startFrom === 'latest' ? 'next' : 'first') : Number(from);
    const { consumerTag } = await channel.consume(
      stream,
      (message) => {
        // Null: the broker has cancelled the consumer, e.g. the stream was deleted. A new channel finds it again, or tells.
        if (message === null) void closeQuietly(channel);
        else this.#receive(intake, progress, message);
      },
      { arguments: { [offsetHeader]: begin } },
    );
    this.#consumerTag = consumerTag;
  }

  #receive(intake: Intake, progress: StreamProgress, message: Message): void {
    const { stream, onDelivery } = this.#options;
    const { [offsetHeader]: position, ...headers } = message.properties.headers ?? {};
    const offset = BigInt(position);
    const from = progress.next;
    const tag = message.fields.deliveryTag;
    // The broker begins with a whole chunk, of which the first records may have been read.
    if (from !== undefined && offset < from) {
      intake.ack(tag);
      return;
    }
    const isFirst = from !== undefined && this.#saved === undefined;
    if (isFirst && offset > from) {
      const fields = { stream, from: String(from), to: String(offset) };
      this.#log.error(
        fields,
        'Records are gone that were not read: the retention of the stream is too short.',
      );
    }
    const record = progress.received(offset);
    if (from === undefined || isFirst) this.#startSaving();
    const delivery: StreamDelivery = new StreamDelivery({
      message: { ...fromAmqp(message), headers },
      origin: { topic: stream, partition: 0, offset },
      isStale: () => intake.dead,
      ack: () => this.#settle(intake, progress, record, tag),
      giveBack: () =>
        setImmediate(() => {
          if (!intake.dead && !this.#cancelled) onDelivery(delivery.again());
        }),
    });
    onDelivery(delivery);
  }

  #settle(intake: Intake, progress: StreamProgress, record: StreamRecord, tag: number): void {
    if (intake.dead) return;
    intake.ack(tag);
    if (progress.settle(record)) this.#startSaving();
  }

  #startSaving(): void {
    this.#saving ??= this.#keepSaving().finally(() => {
      this.#saving = undefined;
    });
  }

  /** Until what is settled is saved. Without the store it goes on trying: what is not saved is only read again. */
  async #keepSaving(): Promise<void> {
    const { stream, group } = this.#options;
    while (this.#progress.next !== this.#saved && !this.#closing.signal.aborted) {
      await this.#save().catch((error: unknown) =>
        this.#log.warn({ err: error, stream, group }, 'The offset cannot be saved; trying again.'),
      );
      await pause(saveIntervalMs, this.#closing.signal);
    }
  }

  async #save(): Promise<void> {
    const { next } = this.#progress;
    if (next === undefined || next === this.#saved) return;
    await this.#options.offsets.saveOffset(this.#options.group, this.#options.stream, next);
    this.#saved = next;
  }
}

interface StreamDeliveryParts {
  readonly message: WireMessage;
  readonly origin: TopicOrigin;
  isStale(): boolean;
  ack(): void;
  giveBack(): void;
}

class StreamDelivery implements Delivery {
  readonly #parts: StreamDeliveryParts;
  readonly redelivered: boolean;
  #settled = false;

  constructor(parts: StreamDeliveryParts, redelivered = false) {
    this.#parts = parts;
    this.redelivered = redelivered;
  }

  get message(): WireMessage {
    return this.#parts.message;
  }

  get origin(): TopicOrigin {
    return this.#parts.origin;
  }

  get stale(): boolean {
    return this.#parts.isStale();
  }

  ack(): void {
    if (!this.#settled) this.#parts.ack();
    this.#settled = true;
  }

  reject(): void {
    if (!this.#settled) this.#parts.giveBack();
    this.#settled = true;
  }

  /** The same record, handed out once more. */
  again(): StreamDelivery {
    return new StreamDelivery(this.#parts, true);
  }
}
