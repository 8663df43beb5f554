import { z } from '../zod.ts';
import { durationText, oneOf, ref, safeText, sizeText } from './attribute.ts';

const RMQ_DLX = 'https://www.rabbitmq.com/docs/dlx';
const RMQ_QUORUM = 'https://www.rabbitmq.com/docs/quorum-queues';
const AWS_BACKOFF = 'https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/';
export const sources = { RMQ_DLX, RMQ_QUORUM, AWS_BACKOFF } as const;

export const criticalities = ['critical', 'normal', 'lossTolerant'] as const;

/** Attributes that all four channel kinds share. */
export const channelAttributes = {
  broker: ref('brokers', { required: true, group: 'Identity', doc: 'The broker that holds this channel.' }),
  name: {
    schema: safeText,
    editor: { type: 'text' },
    group: 'Identity',
    doc: 'Name on the broker, where it differs from the id.',
    default: { value: 'the id', why: 'one name for one thing' },
  },
  criticality: oneOf(criticalities, {
    group: 'Identity',
    doc: 'What losing a message costs; lowers or keeps the severity of findings.',
    default: { value: 'normal', why: 'most channels carry work that must not be lost' },
  }),
} as const;

export const retryShape = z.looseObject({
  mode: z
    .enum(['in-process', 'retry-topic', 'delayed-queue', 'delayed-retry', 'visibility', 'broker'])
    .optional()
    .describe('Where a failed message waits for its next attempt.'),
  maxAttempts: z
    .int()
    .min(-1)
    .max(1000)
    .optional()
    .describe('Handler failures before the message is dead-lettered; -1 means without end.'),
  backoff: z
    .enum(['exponential', 'linear', 'fixed'])
    .optional()
    .describe('How the delay grows from attempt to attempt.'),
  baseDelay: durationText.optional().describe('Delay before the first retry.'),
  maxDelay: durationText.optional().describe('Longest delay between two attempts.'),
  jitter: z
    .enum(['full', 'none'])
    .optional()
    .describe('Random part of the delay; keeps failed messages from returning at once.'),
  nonRetryable: z
    .array(safeText)
    .optional()
    .describe('Error names that go to the dead-letter queue at once.'),
});
export type RetryShape = z.output<typeof retryShape>;

export const deadLetterShape = z.looseObject({
  target: safeText
    .optional()
    .describe('Queue or stream that receives dead letters; missing = `<channel>.dlq`, created for you.'),
  exchange: safeText.optional().describe('RabbitMQ dead-letter exchange; missing = the default exchange.'),
  routingKey: safeText.optional().describe('Routing key of dead letters; missing = the name of the target.'),
  strategy: z
    .enum(['at-least-once', 'at-most-once'])
    .optional()
    .describe(
      'How the broker moves a message that it dead-letters by itself. https://www.rabbitmq.com/docs/quorum-queues',
    ),
  maxReceiveCount: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('SQS: receives before the redrive policy moves the message.'),
  retention: durationText.optional().describe('How long dead letters are kept.'),
  headers: z.array(safeText).optional().describe('Headers that a dead letter carries besides its own.'),
  owner: safeText.optional().describe('Team that looks at the dead letters.'),
  runbook: safeText.optional().describe('Where the procedure is written.'),
  redrive: z.enum(['manual', 'tool']).optional().describe('How dead letters are replayed after a fix.'),
});
export type DeadLetterShape = z.output<typeof deadLetterShape>;

export const idempotencyShape = z.looseObject({
  strategy: z
    .enum([
      'none',
      'natural',
      'key-store',
      'unique-constraint',
      'transactional-inbox',
      'broker-dedup',
      'upsert-version',
    ])
    .optional()
    .describe('How a second delivery of the same message is kept from repeating the effect.'),
  keyFrom: z
    .array(safeText)
    .optional()
    .describe('JSON pointers whose values form the key; missing = the event id.'),
  store: z
    .looseObject({
      kind: z.enum(['redis', 'postgres', 'memory', 'dynamodb']).optional().describe('What holds the keys.'),
      ref: safeText.optional().describe('Name of the store, where several exist.'),
      persistence: z
        .enum(['aof', 'rdb', 'none'])
        .optional()
        .describe('What survives a restart of the store.'),
      evictionPolicy: safeText.optional().describe('What the store drops when its memory is full.'),
    })
    .optional()
    .describe('Where the keys live.'),
  ttl: z
    .union([durationText, z.literal('permanent')])
    .optional()
    .describe('How long a done-mark is kept.'),
  claim: z
    .enum(['before', 'after', 'two-phase', 'transactional'])
    .optional()
    .describe('When the key is marked: two-phase claims with a lease, then marks done after the effect.'),
  atomicity: z
    .enum(['unique-constraint', 'conditional-put', 'same-tx', 'none'])
    .optional()
    .describe('What makes the claim atomic.'),
  inProgressLease: durationText
    .optional()
    .describe('How long a claim lasts without renewal; after a crash the message runs again.'),
});
export type IdempotencyShape = z.output<typeof idempotencyShape>;

export const replicasShape = z.looseObject({
  min: z.int().min(0).optional().describe('Fewest instances.'),
  max: z.int().min(1).optional().describe('Most instances.'),
});
export const sizesShape = z.looseObject({
  avg: sizeText.optional().describe('Average size of a message.'),
  max: sizeText.optional().describe('Largest size of a message; checked before it is sent.'),
});

const orName = <T extends z.ZodType>(shape: T) => z.union([safeText, shape]);

/** Failure handling: on a queue it holds for whoever consumes it, on a consumer for that consumer alone. */
export const failureAttributes = {
  retry: {
    schema: orName(retryShape),
    editor: { type: 'ref', to: 'retryPolicies' },
    group: 'Failure',
    doc: 'Retry policy: `standard`, `none`, the id of a policy, or the policy itself.',
    default: {
      value: 'standard',
      why: 'five attempts, exponential back-off from 1 s to 600 s with full jitter',
    },
    source: AWS_BACKOFF,
  },
  deadLetter: {
    schema: z.union([z.boolean(), safeText, deadLetterShape]),
    editor: { type: 'ref', to: 'queues' },
    group: 'Failure',
    doc: 'Where messages go that cannot be processed: `true` makes `<id>.dlq`, or name a target, or describe it.',
    source: RMQ_DLX,
  },
} as const;
