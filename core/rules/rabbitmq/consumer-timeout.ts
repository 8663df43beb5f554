import type { Broker, Consumer, Queue } from '../../design/design.ts';
import type { Graph } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { consumerOn, drawnOn, type Endpoint } from '../../review/support/endpoints.ts';
import { busyPrefetch } from '../../review/support/prefetch.ts';
import { isAtLeast } from '../../review/support/versions.ts';
import { durationOf } from '../../review/support/work.ts';
import { formatDuration } from '../../units.ts';

const STANDARD = 30 * 60_000;
const SHORTEST = 5 * 60_000;

export const consumerTimeout = defineRule({
  id: 'rabbitmq/consumer-timeout',
  meta: {
    severity: 'error',
    brokers: ['rabbitmq'],
    fix: 'suggest',
    title: 'Messages are acknowledged before RabbitMQ loses patience',
    docs: {
      what: 'What an instance holds must be acknowledged within `consumerTimeout` (of the queue, else of the broker, else 30 min): ⌈prefetch / concurrency⌉ × `processing.p99`. A timeout below 5 min is a warning, since RabbitMQ advises against it. From 4.3 only quorum queues have the timeout, so one that is set on a classic queue is a warning. Without `processing.p99` the answer is unknown.',
      why: 'RabbitMQ takes the messages of a consumer that is too slow away and closes its channel, or cancels it. Everything that it held is delivered to another, as slow as the first: the same messages are processed again and again, and never acknowledged.',
    },
    sources: [
      `${sources.rabbitConsumers}#acknowledgement-timeout`,
      sources.rabbitDelayedRetry,
      'https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-43.html',
    ],
  },
  options: noOptions,
  messages: {
    late: {
      message:
        'Consumer {consumer} holds {prefetch} messages for {concurrency} handlers and needs up to {needed} for the last of them; RabbitMQ waits {timeout}.',
      consequence: 'RabbitMQ takes the messages away and delivers them again, without end.',
    },
    short: {
      message:
        'Queue {queue} gives its consumers {timeout} for a message; RabbitMQ advises against less than 5 min.',
      consequence: 'A pause of a consumer, such as a slow call, cuts it off and delivers its messages twice.',
    },
    'no-effect': {
      message:
        'Classic queue {queue} sets a consumer timeout, which RabbitMQ has on quorum queues alone since 4.3.',
      consequence: 'A consumer that hangs keeps its messages until its connection ends.',
    },
  },
  needs: ['consumers.processing'],
  each: {
    drawnQueues({ graph, report }, queue) {
      const drawn = drawnOn(graph, 'rabbitmq', 'queues', queue);
      if (!drawn) return;
      const { id, value, at, broker } = drawn;
      const own = durationOf(value.consumerTimeout);
      const field = 'consumerTimeout';
      const path = ['queues', id, field];
      if (own === undefined) return;
      const data = { queue: id, timeout: formatDuration(own) };
      if (value.type === 'classic' && isAtLeast(broker, 4, 3)) {
        const fix = { label: 'Drop the timeout', patches: () => [{ op: 'remove' as const, path }] };
        report({ at, field, messageId: 'no-effect', data, severity: 'warn', fix });
      } else if (own < SHORTEST) {
        const value = formatDuration(SHORTEST);
        const fix = { label: `Wait ${value}`, patches: () => [{ op: 'set' as const, path, value }] };
        report({ at, field, messageId: 'short', data, severity: 'warn', fix });
      }
    },
    consumers({ graph, report, unknown, passByDefault }, consumer) {
      const endpoint = consumerOn(graph, 'rabbitmq', consumer);
      if (!endpoint) return;
      const { id, value, at, channel, broker } = endpoint;
      if (channel.section !== 'queues' || value.prefetch === 0) return;
      if (channel.value.type === 'classic' && isAtLeast(broker, 4, 3)) return;
      const p99 = durationOf(value.processing?.p99);
      const prefetch = value.prefetch ?? busyPrefetch(value, broker);
      if (p99 === undefined || prefetch === undefined) {
        unknown({ at, attribute: 'consumers.processing' });
        return;
      }
      const { concurrency = 1 } = value;
      const timeout = timeoutOf(broker, channel.value);
      const needed = Math.ceil(prefetch / concurrency) * p99;
      if (needed <= timeout) {
        if (value.prefetch === undefined) passByDefault({ at, attribute: 'consumers.prefetch' });
        return;
      }
      report({
        at,
        field: 'prefetch',
        messageId: 'late',
        data: {
          consumer: id,
          prefetch,
          concurrency,
          needed: formatDuration(needed),
          timeout: formatDuration(timeout),
        },
        fix: timeFix(graph, endpoint, p99, timeout),
      });
    },
  },
});

const timeoutOf = (broker: Broker, queue: Queue): number =>
  durationOf(queue.consumerTimeout) ?? durationOf(broker.consumerTimeout) ?? STANDARD;

/** Fewer messages; where even one for each handler takes too long, more time. */
function timeFix(graph: Graph, { id, value, channel }: Endpoint<Consumer>, p99: number, timeout: number) {
  const rounds = Math.floor(timeout / p99);
  if (rounds >= 1) {
    const prefetch = rounds * (value.concurrency ?? 1);
    const path = ['consumers', id, 'prefetch'];
    return {
      label: `Hold ${prefetch} messages`,
      patches: () => [{ op: 'set' as const, path, value: prefetch }],
    };
  }
  if (graph.origins.has(`queues/${channel.id}`)) return undefined;
  const wait = formatDuration(Math.ceil((2 * p99) / 60_000) * 60_000);
  return {
    label: `Hold one message for each handler and wait ${wait}`,
    patches: () => [
      { op: 'set' as const, path: ['consumers', id, 'prefetch'], value: value.concurrency ?? 1 },
      { op: 'set' as const, path: ['queues', channel.id, 'consumerTimeout'], value: wait },
    ],
  };
}
