import type { Consumer } from '../../design/design.ts';
import type { Named } from '../../design/graph.ts';
import { sources } from '../../kinds/sources.ts';
import { defineRule } from '../../review/rule.ts';
import { drawnOn } from '../../review/support/endpoints.ts';
import { durationOf } from '../../review/support/work.ts';
import type { Patch } from '../../text/patch.ts';
import { formatDuration } from '../../units.ts';
import { z } from '../../zod.ts';

const STANDARD = 30_000;
const LONGEST = 12 * 3_600_000;
const BATCH = 10;

const standard = { margin: 1.5 };

export const visibilityVsBatch = defineRule({
  id: 'sqs/visibility-vs-batch',
  meta: {
    severity: 'error',
    brokers: ['sqs'],
    fix: 'auto',
    title: 'The visibility timeout covers a whole batch',
    docs: {
      what: 'The `visibility` of a queue (30 s where it is missing) must cover ⌈batchSize / concurrency⌉ × `processing.p99` of each consumer with a margin, unless the consumer extends it (`heartbeat: true`). It begins for all messages of a batch at the receive, and is 12 h at most. Without `processing.p99` the answer is unknown.',
      why: 'The last message of a batch becomes visible while it waits for its turn. Another instance processes it as well, and the first one deletes it with a receipt that is no longer valid: effects happen twice, and under load the receives grow until messages that nobody failed to process are dead-lettered.',
    },
    sources: [
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html',
      sources.sqsQuotas,
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      margin: z
        .number()
        .min(1)
        .default(standard.margin)
        .describe('How many times the slow processing time of a batch must fit into the visibility timeout.'),
    }),
  messages: {
    short: {
      message:
        'Queue {queue} hides messages for {visibility}, and consumer {consumer} needs up to {needed} for a batch of {batch} ({p99} each, {concurrency} at a time), with a margin {wanted}.',
      consequence:
        'The last messages of a batch are delivered to another instance while they wait for their turn.',
    },
    refused: {
      message: 'Queue {queue} hides messages for {visibility}; SQS allows 12 h.',
      consequence: 'SQS refuses the attribute, and the queue is not created.',
    },
  },
  needs: ['consumers.processing'],
  each: {
    drawnQueues({ graph, options, report, unknown, passByDefault }, queue) {
      const drawn = drawnOn(graph, 'sqs', 'queues', queue);
      if (!drawn) return;
      const { id, at, value } = drawn;
      const visibility = durationOf(value.visibility) ?? STANDARD;
      const path = ['queues', id, 'visibility'];
      const data = { queue: id, visibility: formatDuration(visibility) };
      const field = 'visibility';
      if (visibility > LONGEST) {
        const fix = { label: 'Hide for 12 h', patches: () => [{ op: 'set' as const, path, value: '12h' }] };
        report({ at, field, messageId: 'refused', data, fix });
        return;
      }
      const consumers = graph.consumersOf(id).filter((consumer) => consumer.value.heartbeat !== true);
      for (const {
        id: consumer,
        value: { processing },
      } of consumers)
        if (processing?.p99 === undefined)
          unknown({ at: `consumers/${consumer}`, attribute: 'consumers.processing' });
      const slowest = slowestOf(consumers);
      if (!slowest) return;
      const { consumer, needed } = slowest;
      const wanted = Math.ceil((needed * options.margin) / 1000) * 1000;
      if (wanted <= visibility) {
        if (value.visibility === undefined) passByDefault({ at, attribute: 'queues.visibility' });
        return;
      }
      report({
        at,
        field,
        messageId: 'short',
        data: {
          ...data,
          consumer: consumer.id,
          needed: formatDuration(needed),
          batch: consumer.value.batchSize ?? BATCH,
          p99: consumer.value.processing?.p99 ?? '',
          concurrency: consumer.value.concurrency ?? 1,
          wanted: formatDuration(wanted),
        },
        fix: wanted <= LONGEST ? longer(path, wanted) : heartbeat(consumers),
      });
    },
  },
});

/** The consumer that needs the longest for a batch, and how long in ms. */
function slowestOf(consumers: readonly Named<Consumer>[]) {
  return consumers
    .flatMap((consumer) => {
      const { batchSize = BATCH, concurrency = 1, processing } = consumer.value;
      const p99 = durationOf(processing?.p99);
      return p99 === undefined ? [] : [{ consumer, needed: Math.ceil(batchSize / concurrency) * p99 }];
    })
    .sort((a, b) => b.needed - a.needed)[0];
}

const longer = (path: readonly string[], visibility: number) => ({
  label: `Hide messages for ${formatDuration(visibility)}`,
  patches: (): readonly Patch[] => [{ op: 'set', path, value: formatDuration(visibility) }],
});

const heartbeat = (consumers: readonly Named<Consumer>[]) => ({
  label: 'Let the consumers extend the timeout while they work',
  patches: (): readonly Patch[] =>
    consumers.map(({ id }) => ({ op: 'set', path: ['consumers', id, 'heartbeat'], value: true })),
});
