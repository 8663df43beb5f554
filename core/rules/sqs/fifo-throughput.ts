import type { Graph } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { drawnOn } from '../../review/support/endpoints.ts';
import { arrivalRate, rateOf } from '../../review/support/load.ts';

/** Calls a second of each API action, on a queue or, with high throughput, on a partition, which holds whole groups. */
const CALLS = 300;
const BATCH = 10;

export const fifoThroughput = defineRule({
  id: 'sqs/fifo-throughput',
  meta: {
    severity: 'error',
    brokers: ['sqs'],
    fix: 'suggest',
    title: 'FIFO queues take what is sent',
    docs: {
      what: 'A FIFO queue allows 300 calls a second of each API action, so 300 × `batchSize` messages (at most 10 for each call). The sum of the peaks of its producers must fit, or the queue needs `fifo.highThroughput`, which raises the quota of the queue (to 70,000 calls in the largest regions) but leaves 300 calls to each partition, and so to the busiest group (`hotKeyShare`). Without the rates the answer is unknown.',
      why: 'Beyond the quota SQS throttles: producers retry, time out and report failures while the queue looks healthy. It happens at the peak, which is when orders come in.',
    },
    sources: [sources.sqsFifoThroughput, sources.sqsQuotas],
  },
  options: noOptions,
  messages: {
    queue: {
      message:
        'FIFO queue {queue} is sent {rate} messages a second at the peak and takes {limit} in batches of {batch}.',
      consequence: 'SQS throttles the producers and consumers at the peak.',
    },
    group: {
      message:
        'The busiest message group of FIFO queue {queue} is sent {rate} messages a second at the peak and takes {limit} in batches of {batch}.',
      consequence: 'Its partition throttles, whatever the rest of the queue can take.',
    },
  },
  needs: ['producers.rate'],
  each: {
    drawnQueues({ graph, report, unknown }, queue) {
      const drawn = drawnOn(graph, 'sqs', 'queues', queue);
      if (drawn?.value.type !== 'fifo') return;
      const { id, at, value } = drawn;
      const senders = graph.sendersTo(id);
      for (const producer of senders)
        if (rateOf(producer) === undefined)
          unknown({ at: `producers/${producer.id}`, attribute: 'producers.rate' });
      const rate = arrivalRate(graph, id);
      if (rate === undefined) return;
      const batch = Math.min(
        BATCH,
        ...graph.consumersOf(id).map(({ value: { batchSize = BATCH } }) => batchSize),
      );
      const limit = CALLS * batch;
      const isHigh = value.fifo?.highThroughput === true;
      const busiest = isHigh ? busiestGroup(graph, id) : rate;
      if (busiest <= limit) return;
      const data = { queue: id, rate: Math.round(busiest), limit, batch };
      if (isHigh) report({ at, field: 'fifo', messageId: 'group', data });
      else
        report({
          at,
          field: 'fifo',
          messageId: 'queue',
          data,
          fix: {
            label: 'Use the high-throughput mode',
            patches: () => [{ op: 'set', path: ['queues', id, 'fifo', 'highThroughput'], value: true }],
          },
        });
    },
  },
});

/** Messages a second of the busiest group that a producer tells of. */
const busiestGroup = (graph: Graph, queue: string): number =>
  Math.max(
    0,
    ...graph.sendersTo(queue).map((producer) => {
      const { hotKeyShare, keyCardinality } = producer.value;
      const share = hotKeyShare ?? (keyCardinality === undefined ? 0 : 1 / keyCardinality);
      return (rateOf(producer) ?? 0) * share;
    }),
  );
