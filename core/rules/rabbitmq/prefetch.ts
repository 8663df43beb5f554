import type { Broker, Consumer } from '../../design/design.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule } from '../../review/rule.ts';
import { consumerOn } from '../../review/support/endpoints.ts';
import { busyPrefetch, roundTripOf } from '../../review/support/prefetch.ts';
import { durationOf } from '../../review/support/work.ts';
import { z } from '../../zod.ts';

/**
 * What a quorum queue gives a consumer without a limit; a larger number is given as it is.
 * https://github.com/rabbitmq/rabbitmq-server/blob/main/deps/rabbit/src/rabbit_fifo_client.erl
 */
const UNLIMITED_ON_QUORUM = 2000;

const standard = { busy: 0.8, slow: 1, hoard: 10 };

export const prefetch = defineRule({
  id: 'rabbitmq/prefetch',
  meta: {
    severity: 'error',
    brokers: ['rabbitmq'],
    fix: 'auto',
    title: 'Consumers hold as many messages as they can work on',
    docs: {
      what: 'The `prefetch` of a consumer must have a limit; on a quorum queue above 2,000 is none, since that is what a consumer without a limit gets there. With the processing time it is also judged whether it keeps the handlers busy, and whether an instance holds far more slow messages than it works on (warnings): enough is ⌈(round trip + processing) / processing⌉ × concurrency, and nothing is gained above 300. The round trip is that of the broker, or 5 ms. A missing `prefetch` passes, since it is computed the same way.',
      why: 'Without a limit RabbitMQ pushes the whole backlog into the first instance that connects: it runs out of memory, everything returns, and the next instance is served the same. Too many slow messages in one instance wait there while new instances stand idle; too few leave handlers waiting for the network.',
    },
    sources: [
      `${sources.rabbitConfirms}#channel-qos-prefetch`,
      'https://github.com/rabbitmq/rabbitmq-server/blob/main/deps/rabbit/src/rabbit_fifo_client.erl',
      'https://www.rabbitmq.com/blog/2012/05/11/some-queuing-theory-throughput-latency-and-bandwidth/',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      busy: z
        .number()
        .positive()
        .max(1)
        .default(standard.busy)
        .describe('Part of the time that handlers must be able to work.'),
      slow: z
        .number()
        .positive()
        .default(standard.slow)
        .describe('Processing time in seconds from which a large prefetch hoards messages.'),
      hoard: z
        .number()
        .min(1)
        .default(standard.hoard)
        .describe(
          'How many times the prefetch that keeps handlers busy an instance may hold of slow messages.',
        ),
    }),
  messages: {
    unlimited: {
      message: 'Consumer {consumer} takes messages from {channel} without limit (prefetch: 0).',
      consequence: 'The first instance that connects is sent the whole backlog and runs out of memory.',
    },
    'above-quorum': {
      message:
        'Consumer {consumer} holds up to {prefetch} messages of quorum queue {channel}, which gives a consumer without a limit 2000.',
      consequence:
        'The first instance that connects is sent a large part of the backlog and runs out of memory.',
    },
    idle: {
      message:
        'Consumer {consumer} holds {prefetch} messages for {concurrency} handlers of {processing}; {enough} keep them busy.',
      consequence: 'Handlers wait for the network while messages wait in the queue.',
    },
    hoards: {
      message:
        'Consumer {consumer} holds {prefetch} messages of {processing} each for {concurrency} handlers; {enough} keep them busy.',
      consequence: 'Messages wait in one instance while others are idle, and all return when it stops.',
    },
  },
  needs: ['consumers.processing'],
  each: {
    consumers({ graph, options, report, unknown, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'rabbitmq', consumer);
      if (!endpoint) return;
      const { id, value, at, channel, broker } = endpoint;
      if (value.prefetch === undefined) {
        passByDefault({ at, attribute: 'consumers.prefetch' });
        return;
      }
      const isQuorum = channel.section === 'queues' && (channel.value.type ?? 'quorum') === 'quorum';
      const enough = busyPrefetch(value, broker);
      const messageId =
        value.prefetch === 0
          ? 'unlimited'
          : isQuorum && value.prefetch > UNLIMITED_ON_QUORUM
            ? 'above-quorum'
            : taste(value, value.prefetch, broker, options);
      if (messageId === undefined) {
        if (enough === undefined) unknown({ at, attribute: 'consumers.processing' });
        return;
      }
      const { concurrency = 1, processing } = value;
      const data = {
        consumer: id,
        channel: channel.id,
        prefetch: value.prefetch,
        concurrency,
        processing: processing?.p50 ?? processing?.p99 ?? '',
        enough: enough ?? '',
      };
      report({
        at,
        field: 'prefetch',
        messageId,
        data,
        severity: messageId === 'idle' || messageId === 'hoards' ? 'warn' : 'error',
        fix: {
          label: enough === undefined ? 'Leave the prefetch to the generator' : `Hold ${enough} messages`,
          patches: () => {
            const path = ['consumers', id, 'prefetch'];
            return [enough === undefined ? { op: 'remove', path } : { op: 'set', path, value: enough }];
          },
        },
      });
    },
  },
});

/** Whether handlers wait for the network, or an instance hoards slow messages. */
function taste(
  consumer: Consumer,
  prefetch: number,
  broker: Broker,
  options: { readonly busy: number; readonly slow: number; readonly hoard: number },
): 'idle' | 'hoards' | undefined {
  const processing = durationOf(consumer.processing?.p50 ?? consumer.processing?.p99);
  const enough = busyPrefetch(consumer, broker);
  if (!processing || enough === undefined) return undefined;
  const needed = ((roundTripOf(broker) + processing) / processing) * (consumer.concurrency ?? 1);
  if (prefetch < options.busy * Math.min(needed, enough)) return 'idle';
  return processing >= options.slow * 1000 && prefetch > options.hoard * enough ? 'hoards' : undefined;
}
