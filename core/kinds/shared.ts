import { type Infer, object, objectOf, oneOf, ref, shaped, size, text } from './attribute.ts';
import { deadLetterParts } from './deadLetter.ts';
import { bool, either } from './form.ts';
import { idempotencyParts } from './idempotency.ts';
import { retryParts } from './retry.ts';
import { sources } from './sources.ts';
import { safeText } from './values.ts';

export type RetryShape = Infer<typeof retryParts>;
export type DeadLetterShape = Infer<typeof deadLetterParts>;
export type IdempotencyShape = Infer<typeof idempotencyParts>;

export const criticalities = ['critical', 'normal', 'lossTolerant'] as const;

/** Attributes that all four channel kinds share. */
export const channelAttributes = {
  broker: ref('brokers', { required: true, group: 'Identity', doc: 'The broker that holds this channel.' }),
  name: text({
    group: 'Identity',
    doc: 'Name on the broker, where it differs from the id.',
    default: { value: 'the id', why: 'one name for one thing' },
  }),
  criticality: oneOf(criticalities, {
    group: 'Identity',
    doc: 'What losing a message costs; lowers or keeps the severity of findings.',
    default: { value: 'normal', why: 'most channels carry work that must not be lost' },
  }),
} as const;

const sizeParts = {
  avg: size({ doc: 'Average size of a message.' }),
  max: size({ doc: 'Largest size of a message; checked before it is sent.' }),
} as const;
export const messageSize = object(sizeParts, {
  group: 'Capacity',
  doc: 'Average and largest size, without the envelope.',
});

/** Failure handling: on a queue it holds for whoever consumes it, on a consumer for that consumer alone. */
export const failureAttributes = {
  retry: shaped(
    either(safeText, objectOf(retryParts)),
    {
      group: 'Failure',
      form: '`standard`, `none`, the id of a retry policy, or an object',
      doc: 'Retry policy: `standard`, `none`, the id of a policy, or the policy itself.',
      default: {
        value: 'standard',
        why: 'five attempts, exponential back-off from 1 s to 600 s with full jitter',
      },
      parts: retryParts,
      source: sources.awsBackoff,
    },
    { type: 'ref', to: 'retryPolicies' },
  ),
  deadLetter: shaped(
    either(bool, safeText, objectOf(deadLetterParts)),
    {
      group: 'Failure',
      form: '`true`, the id of a queue or stream, or an object',
      doc: 'Where messages go that cannot be processed: `true` makes `<id>.dlq`, or name a target, or describe it.',
      parts: deadLetterParts,
      source: sources.rabbitDlx,
    },
    { type: 'ref', to: 'queues' },
  ),
} as const;

export const idempotencyAttribute = shaped(
  either(safeText, objectOf(idempotencyParts)),
  {
    group: 'Idempotency',
    form: '`standard`, `none`, the id of an idempotency policy, or an object',
    doc: 'Idempotency policy: `standard`, `none`, the id of a policy, or the policy itself.',
    parts: idempotencyParts,
  },
  { type: 'ref', to: 'idempotencyPolicies' },
);
