import { type Context, entries, nameOf } from './context.ts';

/** Queues on a broker that belong to another one which it carries, such as the tasks of Celery. */
export interface CarriedEndpoint {
  readonly service: string;
  readonly queue: string;
  /** Where it publishes besides, by the names of the queues. */
  readonly deadLetter?: string;
  /** A worker, which keeps its books on the carrier; a producer only sends. */
  readonly works: boolean;
}

/** The endpoints of every broker that has `carrier` as its transport. */
export function carriedEndpoints({ graph }: Context, carrier: string): readonly CarriedEndpoint[] {
  const brokers = new Set(
    entries(graph.design.brokers)
      .filter(({ value }) => value.kind === 'celery' && value.transport === carrier)
      .map(({ id }) => id),
  );
  const queueOf = (channel: string | undefined): string | undefined => {
    const found = graph.channel(channel);
    return found?.section === 'queues' && brokers.has(found.value.broker) ? nameOf(found) : undefined;
  };
  return [
    ...entries(graph.design.producers).flatMap(({ id, value }) => {
      const queue = queueOf(value.channel);
      return queue === undefined ? [] : [{ service: value.service ?? id, queue, works: false }];
    }),
    ...entries(graph.design.consumers).flatMap((consumer) => {
      const queue = queueOf(consumer.value.channel);
      if (queue === undefined) return [];
      const deadLetter = queueOf(graph.deadLetterOf(consumer)?.target);
      const service = consumer.value.service ?? consumer.id;
      return [{ service, queue, works: true, ...(deadLetter === undefined ? {} : { deadLetter }) }];
    }),
  ];
}
