import type { ElementAddress } from '../../design/design.ts';
import type { IdempotencyShape } from '../../kinds/shared.ts';
import { pathOf } from '../../review/place.ts';
import { defineRule, type MessageTemplates, type RuleContext } from '../../review/rule.ts';
import { listed } from '../../review/support/channels.ts';
import { consumersUnder } from '../../review/support/policies.ts';
import { z } from '../../zod.ts';

/** Fields that differ between two deliveries, or two publishes, of the same message; as lower-case letters only. */
const UNSTABLE = [
  'sentat',
  'senttime',
  'sendtime',
  'publishedat',
  'publishtime',
  'receivedat',
  'receivetime',
  'deliveredat',
  'receipthandle',
  'deliverytag',
  'deliverycount',
  'consumertag',
  'redelivered',
  'attempt',
  'attempts',
  'retrycount',
  'offset',
  'partition',
  'nonce',
  'random',
];

const messages = {
  unstable: {
    message: '{owner} builds its idempotency key from {fields}, which every retry or redelivery changes.',
    consequence: 'The second delivery of a message has another key, so its effect is carried out again.',
  },
} as const satisfies MessageTemplates;

type Context = RuleContext<{ readonly unstable: readonly string[] }, typeof messages, never>;

const standard: { readonly unstable: string[] } = { unstable: [] };

export const keyIsStable = defineRule({
  id: 'idempotency/key-is-stable',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'suggest',
    title: 'Idempotency keys stay the same at every delivery',
    docs: {
      what: 'The fields in `keyFrom` must belong to the event, not to its transport: a time of sending or receiving, a receipt handle, a delivery tag, a partition or offset, an attempt counter or a random value is refused. The time at which the event happened may be a part of a key. A missing `keyFrom` passes, since the generated consumer uses the event id that the producer assigned once.',
      why: 'A key that changes at each retry recognises no duplicate. The store fills with keys, every test with one delivery passes, and the first redelivery charges the customer again.',
    },
    sources: [
      'https://docs.aws.amazon.com/powertools/python/latest/utilities/idempotency/',
      'https://www.enterpriseintegrationpatterns.com/patterns/messaging/IdempotentReceiver.html',
    ],
  },
  standard,
  options: () =>
    z.strictObject({
      unstable: z
        .array(z.string())
        .default(standard.unstable)
        .describe('Further names of fields that change between two deliveries of one message.'),
    }),
  messages,
  needs: [],
  each: {
    consumers(context, { id, value: { idempotency } }) {
      const at = `consumers/${id}` as const;
      if (idempotency === undefined || typeof idempotency === 'string') return;
      judge(context, at, `Consumer ${id}`, idempotency, ['idempotency']);
    },
    idempotencyPolicies(context, { id, value }) {
      if (consumersUnder(context.graph, id).length === 0) return;
      judge(context, `idempotencyPolicies/${id}`, `Policy ${id}`, value, []);
    },
  },
});

function judge(
  { report, passByDefault, options }: Context,
  at: ElementAddress,
  owner: string,
  { strategy, keyFrom }: IdempotencyShape,
  field: readonly string[],
): void {
  if (strategy === undefined || strategy === 'none' || strategy === 'natural') return;
  if (keyFrom === undefined) {
    passByDefault({ at, attribute: 'idempotencyPolicies.keyFrom' });
    return;
  }
  const refused = new Set([...UNSTABLE, ...options.unstable.map(normalised)]);
  const unstable = keyFrom.filter((pointer) => refused.has(normalised(pointer.split('/').at(-1) ?? '')));
  if (unstable.length === 0) return;
  report({
    at,
    field: [...field, 'keyFrom'].join('.'),
    messageId: 'unstable',
    data: { owner, fields: listed(unstable) },
    fix: {
      label: 'Use the event id as the key',
      patches: () => [{ op: 'set', path: [...pathOf(at), ...field, 'keyFrom'], value: ['event_id'] }],
    },
  });
}

const normalised = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');
