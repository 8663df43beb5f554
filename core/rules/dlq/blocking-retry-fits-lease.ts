import type { Channel, Consumer } from '../../design/design.ts';
import type { Graph, Named } from '../../design/graph.ts';
import { isRepeatedInPlace, retryWindow } from '../../design/policies.ts';
import type { BrokerKind } from '../../kinds/brokers.ts';
import { defineRule, noOptions } from '../../review/rule.ts';
import { isOrdered } from '../../review/support/flows.ts';
import type { Patch } from '../../text/patch.ts';
import { formatDuration, parseDuration } from '../../units.ts';

/** Time that the broker gives a consumer before it hands the messages to another. */
interface Lease {
  readonly name: string;
  readonly ms: number;
  /** Messages that share the time, one behind the other. */
  readonly batch: number;
}

export const blockingRetryFitsLease = defineRule({
  id: 'dlq/blocking-retry-fits-lease',
  meta: {
    severity: 'error',
    brokers: ['kafka', 'rabbitmq', 'sqs', 'redis'],
    fix: 'suggest',
    title: 'Retries in the worker end before the broker loses patience',
    docs: {
      what: 'Where a consumer retries in the worker (`retry.mode: in-process`), one batch at p99, with all attempts of one message and the waits between them, must fit into the time that the broker allows: `maxPollInterval` on Kafka, the visibility timeout on SQS (unless a heartbeat extends it), the acknowledgement timeout on RabbitMQ, the idle time of `reclaim` on Redis. Where `processing.p99` is missing the answer is unknown.',
      why: 'A worker that is still waiting for its third attempt is taken for dead. Its messages go to another worker, which begins the same waits; each is processed twice and none is ever acknowledged.',
    },
    sources: [
      'https://kafka.apache.org/documentation/#consumerconfigs_max.poll.interval.ms',
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html',
      'https://www.rabbitmq.com/docs/consumers#acknowledgement-timeout',
      'https://redis.io/docs/latest/commands/xautoclaim/',
    ],
  },
  options: noOptions,
  messages: {
    'too-long': {
      message:
        'Consumer {consumer} may hold a message for {held} while it retries in place; {lease} is {limit}.',
      consequence:
        'The broker gives the messages to another worker in the middle of the retries, and they are processed twice.',
    },
    endless: {
      message: 'Consumer {consumer} retries in place without end; {lease} is {limit}.',
      consequence:
        'The broker gives the messages to another worker in the middle of the retries, and they are processed twice.',
    },
  },
  needs: ['consumers.processing'],
  each: {
    consumers({ graph, report, unknown }, consumer) {
      const channel = graph.channel(consumer.value.channel);
      const broker = channel && graph.brokerKindOf(channel);
      const written =
        consumer.value.retry ?? (channel?.section === 'queues' ? channel.value.retry : undefined);
      const retry = graph.retryOf(consumer);
      const lease = channel && broker && leaseOf(graph, channel, broker, consumer);
      if (!lease || !retry || !isRepeatedInPlace(graph.design, written)) return;
      const at = `consumers/${consumer.id}` as const;
      const p99 = parseDuration(consumer.value.processing?.p99 ?? '');
      const limit = formatDuration(lease.ms);
      const data = { consumer: consumer.id, lease: lease.name, limit };
      const fix = elsewhere(graph, broker, consumer);
      const waits = retryWindow(retry);
      if (!Number.isFinite(waits)) {
        report({ at, field: 'retry', messageId: 'endless', data, fix });
      } else if (p99 === undefined) {
        unknown({ at, attribute: 'consumers.processing' });
      } else {
        const held = (lease.batch + retry.maxAttempts - 1) * p99 + waits;
        if (held <= lease.ms) return;
        report({
          at,
          field: 'retry',
          messageId: 'too-long',
          data: { ...data, held: formatDuration(held) },
          fix,
        });
      }
    },
  },
});

function leaseOf(
  graph: Graph,
  channel: Channel,
  broker: BrokerKind,
  { value }: Named<Consumer>,
): Lease | undefined {
  const queue = channel.section === 'queues' ? channel.value : undefined;
  const { maxPollInterval = '300s', maxPollRecords = 500, concurrency = 1, batchSize = 10, reclaim } = value;
  const ms = (text: string): number => parseDuration(text) ?? 0;
  switch (broker) {
    case 'kafka':
      return {
        name: 'maxPollInterval',
        ms: ms(maxPollInterval),
        batch: Math.ceil(maxPollRecords / concurrency),
      };
    case 'sqs':
      return value.heartbeat
        ? undefined
        : {
            name: 'the visibility timeout',
            ms: ms(queue?.visibility ?? '30s'),
            batch: Math.ceil(batchSize / concurrency),
          };
    case 'rabbitmq': {
      const timeout = queue?.consumerTimeout ?? graph.brokerOf(channel)?.consumerTimeout ?? '30m';
      const { prefetch = concurrency } = value;
      return {
        name: 'the acknowledgement timeout',
        ms: ms(timeout),
        batch: Math.max(1, Math.ceil(prefetch / concurrency)),
      };
    }
    case 'redis':
      return { name: 'reclaim.minIdle', ms: ms(reclaim?.minIdle ?? '60s'), batch: 1 };
    default:
      return undefined;
  }
}

const MODES = {
  kafka: 'retry-topic',
  rabbitmq: 'delayed-queue',
  sqs: 'visibility',
  redis: 'retry-topic',
} as const;

/** Lets failed messages wait outside of the worker; `undefined` where a flow relies on the order, or the policy is shared. */
function elsewhere(graph: Graph, broker: BrokerKind, { id, value }: Named<Consumer>) {
  const mode = MODES[broker as keyof typeof MODES];
  if (graph.flowsOf(`consumers/${id}`).some((flow) => isOrdered(flow.value))) return undefined;
  if (typeof value.retry !== 'object') return undefined;
  const patch: Patch = { op: 'set', path: ['consumers', id, 'retry', 'mode'], value: mode };
  return { label: `Let failed messages wait elsewhere (mode: ${mode})`, patches: () => [patch] };
}
