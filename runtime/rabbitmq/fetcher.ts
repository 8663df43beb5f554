import type { Channel } from 'amqplib';
import { pause } from '../core/backoff.ts';
import { TopologyError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';
import type { Delivery } from '../core/types.ts';
import { ChannelKeeper } from './channelKeeper.ts';
import { Intake } from './intake.ts';
import type { Link } from './link.ts';

/** Takes single messages (`basic.get`). For tools: a round trip for each. */
export class Fetcher {
  readonly #keeper: ChannelKeeper<Channel>;
  #intake: Intake | undefined;

  constructor(link: Link, log: Logger) {
    this.#keeper = new ChannelKeeper({
      create: () => link.model.createChannel(),
      setUp: async (channel) => {
        this.#intake = new Intake(channel, 1);
      },
      onFailure: (error) => log.warn({ err: error }, 'The fetching channel has failed; opening another.'),
    });
  }

  /** @throws TopologyError when there is no such queue, or the signal's reason */
  async fetch(queue: string, signal: AbortSignal): Promise<Delivery | undefined> {
    for (;;) {
      const channel = await this.#keeper.whenOpen(signal);
      const intake = this.#intake;
      try {
        const message = await channel.get(queue);
        return message === false ? undefined : intake?.delivery(queue, message);
      } catch (error) {
        const { code } = error as { code?: number };
        if (code === 404) throw new TopologyError(`The queue ${queue} does not exist.`);
        // 403, 405, 406: asking again gives the same answer. Everything else is a channel that died on the way.
        if (code !== undefined && code >= 400 && code < 500) throw error;
        this.#keeper.discard(channel);
        await pause(20, signal);
      }
    }
  }

  async close(): Promise<void> {
    this.#intake?.flush();
    await this.#keeper.close();
  }
}
