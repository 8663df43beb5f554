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
 * Writes the shorthand `deadLetter` and `retry` of RabbitMQ queues, and of their consumers, out into queues. An element
 * that the author has drawn under the implied name is left as it is.
 */
export function derive(design: Design): Derived {
  const queues = new Map(design.queues);
  const origins = new Map<ElementAddress, Origin>();
  const imply = (id: string, queue: Queue, origin: Origin): void => {
    if (queues.has(id) || design.streams.has(id)) return;
    queues.set(id, queue);
    origins.set(addressOf('queues', id), origin);
  };

  const onRabbit = (queue: Queue | undefined): queue is Queue =>
    queue !== undefined && design.brokers.get(queue.broker)?.kind === 'rabbitmq';
  const implyDeadLetters = (
    address: ElementAddress,
    owner: string,
    value: Queue['deadLetter'],
    from: Queue,
  ): void => {
    const { implied, target } = deadLetterOf(owner, value) ?? {};
    if (!implied || target === undefined) return;
    const { broker, type = 'quorum' } = from;
    imply(target, { broker, type, role: 'dead-letter', durable: true }, { address, field: 'deadLetter' });
  };

  for (const [id, queue] of design.queues) {
    if (!onRabbit(queue)) continue;
    const address = addressOf('queues', id);
    implyDeadLetters(address, id, queue.deadLetter, queue);
    const retry = retryOf(design, queue.retry);
    for (const delay of retry ? retryTiers(retry) : []) {
      imply(
        retryQueueId(id, delay),
        // Quorum whatever the queue is: a message that waits must survive the loss of a node like any other.
        {
          broker: queue.broker,
          type: 'quorum',
          role: 'retry',
          durable: true,
          messageTtl: formatDuration(delay),
        },
        { address, field: 'retry' },
      );
    }
  }
  for (const [id, consumer] of design.consumers) {
    const queue = design.queues.get(consumer.channel ?? '');
    if (onRabbit(queue)) implyDeadLetters(addressOf('consumers', id), id, consumer.deadLetter, queue);
  }
  return { design: { ...design, queues }, origins };
}
