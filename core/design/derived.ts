import { formatDuration } from '../units.ts';
import { addressOf, type Design, type ElementAddress, type Queue } from './design.ts';
import { deadLetterOf, retryOf, retryQueueId, retryTiers } from './policies.ts';

/** The shorthand that a derived element comes from; findings on the element point there. */
export interface Origin {
  readonly address: ElementAddress;
  readonly field: 'deadLetter' | 'retry';
}

/** A design with its shorthand written out. */
export interface Derived {
  /** The design with all implied dead-letter and delay queues as elements of their own. */
  readonly design: Design;
  /** Where each implied element comes from. */
  readonly origins: ReadonlyMap<ElementAddress, Origin>;
}

/**
 * Writes the shorthand `deadLetter` and `retry` of RabbitMQ queues out into queues. An element that the author has
 * drawn under the implied name is left as it is.
 */
export function derive(design: Design): Derived {
  const queues = new Map(design.queues);
  const origins = new Map<ElementAddress, Origin>();
  const imply = (id: string, queue: Queue, origin: Origin): void => {
    if (queues.has(id) || design.streams.has(id)) return;
    queues.set(id, queue);
    origins.set(addressOf('queues', id), origin);
  };

  for (const [id, queue] of design.queues) {
    if (design.brokers.get(queue.broker)?.kind !== 'rabbitmq') continue;
    const address = addressOf('queues', id);
    const type = queue.type ?? 'quorum';
    const deadLetter = deadLetterOf(id, queue.deadLetter);
    if (deadLetter?.implied && deadLetter.target) {
      imply(
        deadLetter.target,
        { broker: queue.broker, type, role: 'dead-letter', durable: true },
        { address, field: 'deadLetter' },
      );
    }
    const retry = retryOf(design, queue.retry);
    for (const delay of retry ? retryTiers(retry) : []) {
      imply(
        retryQueueId(id, delay),
        { broker: queue.broker, type, role: 'retry', durable: true, messageTtl: formatDuration(delay) },
        { address, field: 'retry' },
      );
    }
  }
  return { design: { ...design, queues }, origins };
}
