import type { QueueDeclaration, WireMessage } from '../core/types.ts';

/** A message in a queue, with where it was published. */
export interface StoredMessage {
  readonly message: WireMessage;
  readonly exchange: string;
  readonly routingKey: string;
  /** Position of arrival in this queue; a returned message goes back to it. */
  readonly sequence: number;
  readonly expiresAt: number;
  deliveries: number;
}

export interface QueueConsumer {
  readonly prefetch: number;
  readonly held: Set<StoredMessage>;
  deliver(stored: StoredMessage): void;
}

export type DeathReason = 'expired' | 'rejected' | 'maxlen' | 'delivery_limit';
export type OnDeath = (queue: MemoryQueue, stored: StoredMessage, reason: DeathReason) => void;

/**
 * One queue with the arguments that change what happens to a message: `x-message-ttl`, `x-max-length` with `x-overflow`,
 * `x-delivery-limit`, `x-single-active-consumer` and the dead-letter pair
 * (https://www.rabbitmq.com/docs/queues#optional-arguments).
 */
export class MemoryQueue {
  readonly declaration: QueueDeclaration;
  readonly #onDeath: OnDeath;
  readonly #onChange: () => void;
  readonly #consumers: QueueConsumer[] = [];
  #ready: StoredMessage[] = [];
  #sequence = 0;
  #turn = 0;
  #held = 0;
  #dispatching = false;
  #expiry: NodeJS.Timeout | undefined;

  constructor(declaration: QueueDeclaration, onDeath: OnDeath, onChange: () => void) {
    this.declaration = declaration;
    this.#onDeath = onDeath;
    this.#onChange = onChange;
  }

  get messages(): readonly WireMessage[] {
    return this.#ready.map(({ message }) => message);
  }

  /** Messages that will still move by themselves: held, waiting for a consumer that is there, or due to expire. */
  get moving(): number {
    const waiting = this.#consumers.length > 0 || this.#number('x-message-ttl') !== undefined;
    return this.#held + (waiting ? this.#ready.length : 0);
  }

  get refusesPublish(): boolean {
    const limit = this.#number('x-max-length');
    const rejects = String(this.declaration.arguments?.['x-overflow'] ?? '').startsWith('reject-publish');
    return limit !== undefined && rejects && this.#ready.length >= limit;
  }

  push(message: WireMessage, exchange: string, routingKey: string): void {
    const ttl = this.#number('x-message-ttl');
    const expiresAt = ttl === undefined ? Number.POSITIVE_INFINITY : performance.now() + ttl;
    this.#ready.push({ message, exchange, routingKey, sequence: this.#sequence++, expiresAt, deliveries: 0 });
    const limit = this.#number('x-max-length');
    if (limit !== undefined && this.#ready.length > limit) this.#kill(this.#ready.shift(), 'maxlen');
    this.#wake();
  }

  /** Hands the first message to somebody who is not attached, for tools. */
  fetch(consumer: QueueConsumer): StoredMessage | undefined {
    const stored = this.#ready.shift();
    if (stored !== undefined) this.#hand(consumer, stored);
    return stored;
  }

  attach(consumer: QueueConsumer): void {
    this.#consumers.push(consumer);
    this.#wake();
  }

  detach(consumer: QueueConsumer): void {
    const index = this.#consumers.indexOf(consumer);
    if (index >= 0) this.#consumers.splice(index, 1);
    this.#onChange();
  }

  /** The end of a delivery: handled, refused, or given back. */
  settle(consumer: QueueConsumer, stored: StoredMessage, how: 'ack' | 'reject' | 'requeue'): void {
    if (!consumer.held.delete(stored)) return;
    this.#held--;
    if (how === 'reject') this.#kill(stored, 'rejected');
    else if (how === 'requeue') this.#putBack(stored);
    this.#wake();
    this.#onChange();
  }

  close(): void {
    clearTimeout(this.#expiry);
  }

  #putBack(stored: StoredMessage): void {
    const limit = this.#number('x-delivery-limit');
    if (limit !== undefined && stored.deliveries > limit) {
      this.#kill(stored, 'delivery_limit');
      return;
    }
    const after = this.#ready.findIndex(({ sequence }) => sequence > stored.sequence);
    this.#ready.splice(after < 0 ? this.#ready.length : after, 0, stored);
  }

  #kill(stored: StoredMessage | undefined, reason: DeathReason): void {
    if (stored !== undefined) this.#onDeath(this, stored, reason);
  }

  #number(name: string): number | undefined {
    const value = this.declaration.arguments?.[name];
    return typeof value === 'number' ? value : undefined;
  }

  #wake(): void {
    if (this.#dispatching) return;
    this.#dispatching = true;
    setImmediate(() => {
      this.#dispatching = false;
      this.#expire();
      this.#dispatch();
      this.#onChange();
    });
  }

  #expire(): void {
    clearTimeout(this.#expiry);
    const now = performance.now();
    while (this.#ready[0] !== undefined && this.#ready[0].expiresAt <= now)
      this.#kill(this.#ready.shift(), 'expired');
    const next = this.#ready[0]?.expiresAt ?? Number.POSITIVE_INFINITY;
    // A timer may fire a fraction of a millisecond early; one more makes the next look find the message expired.
    if (next !== Number.POSITIVE_INFINITY) this.#expiry = setTimeout(() => this.#wake(), next - now + 1);
  }

  #dispatch(): void {
    let sent = 0;
    for (const stored of this.#ready) {
      const consumer = this.#nextFree();
      if (consumer === undefined) break;
      sent++;
      this.#hand(consumer, stored);
      consumer.deliver(stored);
    }
    if (sent > 0) this.#ready = this.#ready.slice(sent);
  }

  #hand(consumer: QueueConsumer, stored: StoredMessage): void {
    this.#held++;
    stored.deliveries++;
    consumer.held.add(stored);
  }

  /** Round robin among consumers with room. */
  #nextFree(): QueueConsumer | undefined {
    const single = this.declaration.arguments?.['x-single-active-consumer'] === true;
    const candidates = single ? this.#consumers.slice(0, 1) : this.#consumers;
    for (let i = 0; i < candidates.length; i++) {
      const consumer = candidates[(this.#turn + i) % candidates.length];
      if (consumer === undefined || consumer.held.size >= consumer.prefetch) continue;
      this.#turn = (this.#turn + i + 1) % candidates.length;
      return consumer;
    }
    return undefined;
  }
}
