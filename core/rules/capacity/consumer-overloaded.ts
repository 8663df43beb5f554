import { defineRule } from '../../review/rule.ts';
import { nameOfChannel } from '../../review/support/channels.ts';
import { loadsAt } from '../../review/support/load.ts';
import { rounded, scaleOut } from '../../review/support/scale.ts';
import { z } from '../../zod.ts';

const standard = { maxUtilisation: 0.7 };

export const consumerOverloaded = defineRule({
  id: 'capacity/consumer-overloaded',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'Consumers keep up at the peak',
    docs: {
      what: 'The utilisation of the consumers that share a queue or the group of a stream is rate × time ÷ lanes: the peak rate of all producers that reach the channel (each counts whole), the median time of a handler, and all instances × concurrency, on a log at most the partitions. From 1 on the backlog grows without end (error); above the option waiting times rise steeply (warn). Where a rate or a time is missing the answer is unknown.',
      why: 'At 95 % a queue of ten workers is already three times slower than at 70 %, and at 100 % it never catches up. Every peak then leaves a backlog that the next peak finds still there.',
    },
    sources: [
      'https://www.rabbitmq.com/blog/2012/05/11/some-queuing-theory-throughput-latency-and-bandwidth/',
      'https://novasolver.jp/en/tools/queuing-theory.html',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      maxUtilisation: z
        .number()
        .positive()
        .max(1)
        .default(standard.maxUtilisation)
        .describe('Share of the capacity that the peak may take.'),
    }),
  messages: {
    overloaded: {
      message:
        'At the peak {rate} messages/s arrive at {channel}; {consumer} works off {capacity}/s with {lanes} at a time.',
      consequence:
        'The backlog grows by {growth} messages every second of the peak, and messages get older until they expire.',
    },
    busy: {
      message:
        'At the peak {consumer} is busy to {utilisation} %: {rate} messages/s at {channel}, {capacity}/s possible with {lanes} at a time.',
      consequence:
        'Waiting times grow steeply from here on; a slow minute, or the loss of an instance, becomes a backlog.',
    },
  },
  needs: ['producers.rate', 'consumers.processing'],
  each: {
    workChannels({ graph, options, report, unknown }, channel) {
      for (const load of loadsAt(graph, channel)) {
        const { rate, service, lanes, utilisation } = load;
        const [consumer] = load.consumers;
        if (!consumer) continue;
        if (rate === undefined)
          for (const { id, value } of graph.sendersTo(channel.id))
            if (value.rate?.peak === undefined)
              unknown({ at: `producers/${id}`, attribute: 'producers.rate' });
        if (service === undefined)
          for (const { id, value } of load.consumers)
            if (value.processing?.p50 === undefined)
              unknown({ at: `consumers/${id}`, attribute: 'consumers.processing' });
        if (rate === undefined || service === undefined || utilisation === undefined) continue;
        if (utilisation <= options.maxUtilisation) continue;
        const capacity = lanes / service;
        const data = {
          rate: rounded(rate),
          channel: nameOfChannel(channel),
          consumer: consumer.id,
          capacity: rounded(capacity),
          lanes,
        };
        const at = `consumers/${consumer.id}` as const;
        const fix = scaleOut(graph, load, (rate * service) / options.maxUtilisation);
        if (utilisation >= 1) {
          report({ at, messageId: 'overloaded', data: { ...data, growth: rounded(rate - capacity) }, fix });
        } else {
          report({
            at,
            messageId: 'busy',
            data: { ...data, utilisation: Math.round(utilisation * 100) },
            fix,
            severity: 'warn',
          });
        }
      }
    },
  },
});
