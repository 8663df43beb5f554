import { defineRule } from '../../review/rule.ts';
import { channelsAtEnd, consumersAtEnd, producersAtStart } from '../../review/support/flows.ts';
import { rateOf } from '../../review/support/load.ts';
import { z } from '../../zod.ts';

const standard = { maxQueueRate: 30_000 };

export const streamWithoutNeed = defineRule({
  id: 'pattern/stream-without-need',
  meta: {
    severity: 'info',
    brokers: ['kafka', 'rabbitmq', 'kinesis', 'redis'],
    fix: 'none',
    title: 'Streams are used for what only streams give',
    docs: {
      what: 'A flow that ends at a stream, states no need for history (`needs`) and no order, has one consuming service and peaks below what a single queue bears, would be simpler on a queue. Where the rate of a producer is missing the answer is unknown.',
      why: 'A log is paid for in partitions that are hard to change, a dead-letter topic that has to be built, retries that block or reorder, and lag instead of depth. Where nobody reads the past, a queue does the same with less that can go wrong at night.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/compare/kafka',
      'https://www.rabbitmq.com/blog/2023/03/02/quorum-queues-migration',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      maxQueueRate: z
        .number()
        .positive()
        .default(standard.maxQueueRate)
        .describe('Messages per second up to which a single queue is taken to be enough.'),
    }),
  messages: {
    overkill: {
      message: 'Flow {flow} uses stream {channel} for {rate} messages/s without needing history or order.',
      consequence: 'Partitions, lag and dead-letter topics have to be run for what one queue would do.',
    },
  },
  needs: ['producers.rate'],
  each: {
    flows({ graph, options, report, unknown }, { id, value: flow }) {
      const log = channelsAtEnd(graph, flow).find(({ section }) => section === 'streams');
      const services = new Set(consumersAtEnd(graph, flow).map((consumer) => graph.serviceOf(consumer)));
      const needed =
        Object.values(flow.needs ?? {}).includes(true) ||
        (flow.ordering ?? 'unstated') !== 'none' ||
        flow.replayHorizon !== undefined ||
        services.size > 1;
      if (!log || needed) return;
      const producers = producersAtStart(graph, flow);
      let total = 0;
      let isKnown = producers.length > 0;
      for (const producer of producers) {
        const rate = rateOf(producer);
        if (rate === undefined) {
          isKnown = false;
          unknown({ at: `producers/${producer.id}`, attribute: 'producers.rate' });
        }
        total += rate ?? 0;
      }
      if (!isKnown || total > options.maxQueueRate) return;
      report({ at: `flows/${id}`, messageId: 'overkill', data: { flow: id, channel: log.id, rate: total } });
    },
  },
});
