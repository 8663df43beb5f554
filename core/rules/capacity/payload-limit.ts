import type { Channel, Producer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { defineRule } from '../../review/rule.ts';
import { nameOfChannel } from '../../review/support/channels.ts';
import { isAtLeast } from '../../review/support/versions.ts';
import type { Patch } from '../../text/patch.ts';
import type { Path } from '../../text/source.ts';
import { formatSize, parseSize } from '../../units.ts';
import { z } from '../../zod.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** The largest message that a channel takes. */
interface Limit {
  readonly bytes: number;
  /** Where it can be raised. */
  readonly path: Path;
  /** How far. */
  readonly ceiling: number;
}

const standard = { overhead: 2 * KiB };

export const payloadLimit = defineRule({
  id: 'capacity/payload-limit',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'The largest message fits',
    docs: {
      what: 'The largest size of a message (`size.max`) with its headers (see the options) must fit through every channel that it passes: 16MiB on RabbitMQ (128MiB before 4.0), 1048588B in a record batch on Kafka and 1048576B in a request of its producer, 1MiB on SQS (256KiB where the design says so, since older queues and some tools that set them up keep to that), 256KiB on SNS unless the topic allows up to 1MiB, 1MiB on Kinesis unless the stream allows up to 10MiB. Celery adds a third for base64 on Redis and SQS. Limits that the design states count. A message that does not state its size leaves the answer unknown.',
      why: 'The one order with four hundred lines is refused by the broker, at the customer who orders most. A producer that retries it sends nothing else. Above the limits a claim check is the way: the body in an object store, its address in the message.',
    },
    sources: [
      'https://www.rabbitmq.com/docs/limits',
      'https://kafka.apache.org/documentation/#topicconfigs_max.message.bytes',
      'https://aws.amazon.com/blogs/compute/more-room-to-build-serverless-services-now-support-payloads-up-to-1-mb',
      'https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html',
      'https://docs.aws.amazon.com/streams/latest/dev/large-records.html',
      'https://www.enterpriseintegrationpatterns.com/patterns/messaging/StoreInLibrary.html',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      overhead: z
        .number()
        .nonnegative()
        .default(standard.overhead)
        .describe('Bytes that headers and framing add to the body.'),
    }),
  messages: {
    'too-large': {
      message: 'Message {message} takes up to {size} with its headers, and {channel} accepts {limit}.',
      consequence: 'The largest messages are refused, at the producer or on their way.',
    },
  },
  needs: ['messages.size'],
  each: {
    producers({ graph, design, options, report, unknown }, producer) {
      const passed = passedBy(graph, producer);
      for (const id of producer.value.messages ?? []) {
        const message = design.messages.get(id);
        if (!message || passed.length === 0) continue;
        const body = parseSize(message.size?.max ?? '');
        if (body === undefined) {
          unknown({ at: `messages/${id}`, attribute: 'messages.size' });
          continue;
        }
        const judged = new Set<string>();
        for (const channel of passed) {
          const size = body * encoding(graph, channel) + options.overhead;
          // Channels of one broker may share a limit, which is too small once.
          const small = limitsOf(graph, channel, producer).filter(
            ({ bytes, path }) => size > bytes && !judged.has(path.join('/')),
          );
          for (const { path } of small) judged.add(path.join('/'));
          if (small.length > 0) {
            const limit = Math.min(...small.map(({ bytes }) => bytes));
            const data = {
              message: id,
              size: formatSize(size),
              channel: nameOfChannel(channel),
              limit: formatSize(limit),
            };
            report({
              at: `messages/${id}`,
              field: 'size.max',
              messageId: 'too-large',
              data,
              fix: raise(small, size),
            });
          }
        }
      }
    },
  },
});

/** The channel that a producer publishes to, and the queues and streams that its messages reach. */
function passedBy(graph: Graph, producer: Named<Producer>): readonly Channel[] {
  const { channel = '' } = producer.value;
  const passed = new Set([channel]);
  for (const emission of graph.emissionsOf(producer))
    for (const id of graph.receivers(channel, emission)) passed.add(id);
  return [...passed].flatMap((id) => graph.channel(id) ?? []);
}

function limitsOf(graph: Graph, channel: Channel, producer: Named<Producer>): readonly Limit[] {
  const broker = graph.brokerOf(channel);
  const stated = parseSize(broker?.maxMessageSize ?? '');
  const ofBroker: Path = ['brokers', channel.value.broker, 'maxMessageSize'];
  switch (broker?.kind) {
    case 'rabbitmq': {
      const standard = isAtLeast(broker, 4, 0) ? 16 * MiB : 128 * MiB;
      return [{ bytes: stated ?? standard, path: ofBroker, ceiling: 512 * MiB }];
    }
    case 'kafka': {
      if (channel.section !== 'streams') return [];
      const bytes = parseSize(channel.value.maxMessageBytes ?? '') ?? stated ?? 1_048_588;
      const request = parseSize(producer.value.maxRequestSize ?? '') ?? MiB;
      const ceiling = Number.POSITIVE_INFINITY;
      return [
        { bytes, path: ['streams', channel.id, 'maxMessageBytes'], ceiling },
        { bytes: request, path: ['producers', producer.id, 'maxRequestSize'], ceiling },
      ];
    }
    case 'sqs':
      return [{ bytes: stated ?? MiB, path: ofBroker, ceiling: MiB }];
    case 'sns': {
      if (channel.section !== 'topics') return [];
      const bytes = parseSize(channel.value.maxMessageSize ?? '') ?? stated ?? 256 * KiB;
      return [{ bytes, path: ['topics', channel.id, 'maxMessageSize'], ceiling: MiB }];
    }
    case 'kinesis': {
      if (channel.section !== 'streams') return [];
      const bytes = parseSize(channel.value.maxRecordSize ?? '') ?? stated ?? MiB;
      return [{ bytes, path: ['streams', channel.id, 'maxRecordSize'], ceiling: 10 * MiB }];
    }
    case 'redis':
      return [{ bytes: stated ?? 512 * MiB, path: ofBroker, ceiling: 512 * MiB }];
    case 'celery': {
      const transport = graph.design.brokers.get(broker.transport ?? '');
      const limit = stated ?? (transport?.kind === 'sqs' ? MiB : undefined);
      return limit === undefined
        ? []
        : [
            {
              bytes: limit,
              path: ofBroker,
              ceiling: transport?.kind === 'sqs' ? MiB : Number.POSITIVE_INFINITY,
            },
          ];
    }
    default:
      return [];
  }
}

/** Kombu writes the body of a task as base64, but for AMQP. https://docs.celeryq.dev/projects/kombu/en/stable/reference/kombu.transport.virtual.html */
function encoding(graph: Graph, channel: Channel): number {
  const broker = graph.brokerOf(channel);
  if (broker?.kind !== 'celery') return 1;
  return graph.design.brokers.get(broker.transport ?? '')?.kind === 'rabbitmq' ? 1 : 4 / 3;
}

function raise(limits: readonly Limit[], size: number) {
  const value = `${Math.ceil(size / KiB)}KiB`;
  if (limits.some(({ ceiling }) => (parseSize(value) ?? 0) > ceiling)) return undefined;
  return {
    label: `Raise the limit to ${value}`,
    patches: () => limits.map(({ path }): Patch => ({ op: 'set', path, value })),
  };
}
