import type { BrokerKind } from '../kinds/brokers.ts';
import { celery } from './derived/celery.ts';
import { type Expander, Implied, type Origin, type Source } from './derived/implied.ts';
import { kafka } from './derived/kafka.ts';
import { kinesis } from './derived/kinesis.ts';
import { rabbitmq } from './derived/rabbitmq.ts';
import { redis } from './derived/redis.ts';
import { sns } from './derived/sns.ts';
import { sqs } from './derived/sqs.ts';
import type { Design, ElementAddress } from './design.ts';

export type { Origin } from './derived/implied.ts';

/** A design with its shorthand written out. */
export interface Derived {
  /** The design with all implied dead-letter, delay, retry and replay channels as elements of their own. */
  readonly design: Design;
  /** The design as it stands in the file. */
  readonly drawn: Design;
  /** Where each implied element comes from. */
  readonly origins: ReadonlyMap<ElementAddress, Origin>;
}

const expanders = {
  kafka,
  rabbitmq,
  sqs,
  sns,
  kinesis,
  redis,
  celery,
} as const satisfies Readonly<Record<BrokerKind, Expander>>;

/**
 * Writes the shorthand `deadLetter` and `retry` of queues and consumers out into channels. What the author has drawn
 * under the implied name is left as it is.
 */
export function derive(design: Design): Derived {
  const implied = new Implied(design);
  const expanderOf = (broker: string): Expander => {
    const kind = design.brokers.get(broker)?.kind;
    return kind === undefined ? {} : expanders[kind];
  };
  for (const [id, queue] of design.queues) expanderOf(queue.broker).queue?.(id, queue, implied);
  for (const [id, consumer] of design.consumers) {
    const source = sourceOf(design, consumer.channel);
    if (source) expanderOf(source.value.broker).consumer?.(id, consumer, source, implied);
  }
  const { queues, streams, origins } = implied;
  return { design: { ...design, queues, streams }, drawn: design, origins };
}

function sourceOf({ queues, streams }: Design, id = ''): Source | undefined {
  const queue = queues.get(id);
  if (queue) return { id, section: 'queues', value: queue };
  const stream = streams.get(id);
  return stream && { id, section: 'streams', value: stream };
}
