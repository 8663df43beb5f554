import { defineRule, noOptions } from '../../review/rule.ts';
import { isSideChannel } from '../../review/support/channels.ts';
import { isOrdered } from '../../review/support/flows.ts';
import type { Patch } from '../../text/patch.ts';

export const kafkaPoisonBlocksPartition = defineRule({
  id: 'dlq/kafka-poison-blocks-partition',
  meta: {
    severity: 'error',
    brokers: ['kafka', 'kinesis'],
    fix: 'suggest',
    title: 'A poisoned record does not stop its partition',
    docs: {
      what: 'A consumer of a Kafka topic or Kinesis stream must give a record up after some attempts: with a dead-letter stream (`deadLetter`) and an end of its retries. `onFailure: stop` is accepted where a flow to the consumer relies on an order, since the records behind must not pass then.',
      why: 'A log has no way to put one record aside. A handler that throws leaves the offset where it is; the same record is read again after every restart, and everything behind it in the partition waits until somebody moves the offset by hand.',
    },
    sources: [
      'https://www.confluent.io/blog/error-handling-patterns-in-kafka/',
      'https://kafka.apache.org/documentation/#impl_offsettracking',
      'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html',
    ],
  },
  options: noOptions,
  messages: {
    'no-way-out': {
      message: 'Consumer {consumer} of stream {stream} has nowhere to put a record that always fails.',
      consequence: 'The record is read again for ever, and its partition stops: everything behind it waits.',
    },
    endless: {
      message: 'Consumer {consumer} of stream {stream} retries a record that always fails without end.',
      consequence: 'The record never reaches the dead-letter stream, and its partition stops.',
    },
    stop: {
      message:
        'Consumer {consumer} of stream {stream} stops at a record that always fails, though no flow relies on an order.',
      consequence: 'One bad record halts its partition until a person steps in.',
    },
  },
  needs: [],
  each: {
    consumers({ graph, report }, consumer) {
      const { id, value } = consumer;
      const channel = graph.channel(value.channel);
      const broker = channel && graph.brokerKindOf(channel);
      if (channel?.section !== 'streams' || (broker !== 'kafka' && broker !== 'kinesis')) return;
      if (isSideChannel(graph, channel)) return;
      const at = `consumers/${id}` as const;
      const data = { consumer: id, stream: channel.id };
      const deadLetter = graph.deadLetterOf(consumer);
      const onFailure = value.onFailure ?? 'dead-letter';
      const set = (field: readonly string[], to: unknown): Patch => ({
        op: 'set',
        path: ['consumers', id, ...field],
        value: to,
      });
      if (onFailure === 'stop' && !graph.flowsOf(at).some((flow) => isOrdered(flow.value))) {
        const patches = [
          set(['onFailure'], 'dead-letter'),
          ...(deadLetter ? [] : [set(['deadLetter'], true)]),
        ];
        const fix = { label: `Dead-letter what ${id} cannot process`, patches: () => patches };
        report({ at, field: 'onFailure', messageId: 'stop', data, fix });
      } else if (onFailure === 'dead-letter' && !deadLetter) {
        const fix = { label: `Add dead-letter stream ${id}.dlq`, patches: () => [set(['deadLetter'], true)] };
        report({ at, field: 'deadLetter', messageId: 'no-way-out', data, fix });
      } else if (graph.retryOf(consumer)?.maxAttempts === Number.POSITIVE_INFINITY) {
        const fix = {
          label: 'Retry five times',
          patches: () => [
            typeof value.retry === 'object' ? set(['retry', 'maxAttempts'], 5) : set(['retry'], 'standard'),
          ],
        };
        report({ at, field: 'retry', messageId: 'endless', data, fix });
      }
    },
  },
});
