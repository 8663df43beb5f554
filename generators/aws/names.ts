import type { Derived } from '../../core/design/derived.ts';
import type { ElementOf, Queue } from '../../core/design/design.ts';

type Topic = ElementOf<'topics'>;

export const isFifoQueue = ({ type, fifo, name = '' }: Queue): boolean =>
  type === 'fifo' || (type === undefined && (fifo !== undefined || name.endsWith('.fifo')));

export const isFifoTopic = ({ fifo, name = '' }: Topic): boolean => fifo ?? name.endsWith('.fifo');

/**
 * The design with the names of its queues and topics at AWS, where it gives none. Ids may hold dots, as those of implied
 * dead-letter queues do; AWS takes one before `fifo`, and there it has to be.
 */
export function withAwsNames({ design, drawn, origins }: Derived): Derived {
  const kindOf = (broker: string) => design.brokers.get(broker)?.kind;
  const queues = new Map(
    [...design.queues].map(([id, queue]): [string, Queue] => [
      id,
      kindOf(queue.broker) === 'sqs'
        ? { ...queue, name: queue.name ?? nameFrom(id, isFifoQueue(queue)) }
        : queue,
    ]),
  );
  const topics = new Map(
    [...design.topics].map(([id, topic]): [string, Topic] => [
      id,
      kindOf(topic.broker) === 'sns'
        ? { ...topic, name: topic.name ?? nameFrom(id, isFifoTopic(topic)) }
        : topic,
    ]),
  );
  return { design: { ...design, queues, topics }, drawn, origins };
}

function nameFrom(id: string, fifo: boolean): string {
  const words = id.split('.').filter((word) => word !== 'fifo');
  return `${words.join('-')}${fifo ? '.fifo' : ''}`;
}
