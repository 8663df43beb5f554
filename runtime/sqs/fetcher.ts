import type { Message } from '@aws-sdk/client-sqs';
import type { Delivery } from '../core/types.ts';
import { SqsDelivery } from './delivery.ts';
import { Leases } from './leases.ts';
import type { Queues } from './queues.ts';
import { receive } from './receive.ts';

/** Longer than what was given back stays hidden. */
const waitSeconds = 2;
/** What is looked at stays hidden until it is settled or given back. */
const visibilitySeconds = 120;

/** Takes single messages of one queue, for tools. */
export class Fetcher {
  readonly #queues: Queues;
  readonly #queue: string;
  readonly #leases: Leases;
  #page: Message[] = [];

  constructor(queues: Queues, queue: string) {
    this.#queues = queues;
    this.#queue = queue;
    this.#leases = new Leases({ queues, queue, visibilityMs: visibilitySeconds * 1_000 });
  }

  /** Nothing at the end. */
  async next(signal: AbortSignal): Promise<Delivery | undefined> {
    if (this.#page.length === 0) {
      const asked = { queue: this.#queue, most: 10, waitSeconds, visibilitySeconds };
      this.#page = [...(await receive(this.#queues, asked, signal))];
    }
    const message = this.#page.shift();
    return message && new SqsDelivery(this.#queue, this.#leases.take(message), this.#leases);
  }

  /** What was received and not asked for is seen again. */
  async close(): Promise<void> {
    for (const message of this.#page) this.#leases.take(message);
    await this.#leases.close();
  }
}
