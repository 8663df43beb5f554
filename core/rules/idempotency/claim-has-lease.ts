import type { Consumer, ElementAddress } from '../../design/design.ts';
import type { Named } from '../../design/graph.ts';
import type { IdempotencyShape } from '../../kinds/shared.ts';
import { pathOf } from '../../review/place.ts';
import { defineRule, type MessageTemplates, noOptions, type RuleContext } from '../../review/rule.ts';
import { consumersUnder } from '../../review/support/policies.ts';
import { formatDuration, parseDuration } from '../../units.ts';

/** Strategies that mark a key; the others need no claim. */
const CLAIMING: ReadonlySet<string> = new Set(['key-store', 'unique-constraint', 'transactional-inbox']);
const MIN_LEASE = 30_000;

const messages = {
  'no-lease': {
    message: '{owner} claims the key before processing and gives the claim no lease.',
    consequence:
      'After a crash the redelivery is taken for a duplicate and acknowledged: the message is lost.',
  },
} as const satisfies MessageTemplates;

export const claimHasLease = defineRule({
  id: 'idempotency/claim-has-lease',
  meta: {
    severity: 'error',
    brokers: 'all',
    fix: 'auto',
    title: 'Claims end when their owner dies',
    docs: {
      what: 'An idempotency policy with `claim: before` marks the key before the message is processed. It needs a lease (`inProgressLease`), after which the claim ends. `claim: two-phase` claims with a lease and marks the key as done after the effect; it is what the generator uses where `claim` is missing.',
      why: 'A process that dies between claim and effect leaves the mark behind. The redelivered message then looks like a duplicate, is acknowledged and lost, and every metric reads as success.',
    },
    sources: [
      'https://github.com/aws-powertools/powertools-lambda-python/releases/tag/v1.26.7',
      'https://redis.io/docs/latest/commands/set/',
    ],
  },
  options: noOptions,
  messages,
  needs: [],
  each: {
    consumers(context, consumer) {
      const { idempotency } = consumer.value;
      if (typeof idempotency === 'object')
        judge(context, {
          at: `consumers/${consumer.id}`,
          owner: `Consumer ${consumer.id}`,
          field: 'idempotency',
          shape: idempotency,
          users: [consumer],
        });
    },
    idempotencyPolicies(context, { id, value: shape }) {
      const users = consumersUnder(context.graph, id);
      if (users.length > 0)
        judge(context, { at: `idempotencyPolicies/${id}`, owner: `Policy ${id}`, shape, users });
    },
  },
});

/** A policy, where it is written and what it is in force for. */
interface Policy {
  readonly at: ElementAddress;
  readonly owner: string;
  /** Attribute that holds the policy, where it is not an element of its own. */
  readonly field?: string;
  readonly shape: IdempotencyShape;
  readonly users: readonly Named<Consumer>[];
}

function judge(
  { report, passByDefault }: RuleContext<unknown, typeof messages, never>,
  { at, owner, field, shape, users }: Policy,
): void {
  const { strategy, claim, inProgressLease } = shape;
  if (strategy !== undefined && !CLAIMING.has(strategy)) return;
  if (claim === undefined) passByDefault({ at, attribute: 'idempotencyPolicies.claim' });
  if (claim !== 'before' || inProgressLease !== undefined) return;
  const p99 = Math.max(...users.map(({ value }) => parseDuration(value.processing?.p99 ?? '') ?? 0));
  const lease = formatDuration(Math.max(MIN_LEASE, 3 * p99));
  const path = [...pathOf(at), ...(field ? [field] : [])];
  report({
    at,
    field: field ? `${field}.claim` : 'claim',
    messageId: 'no-lease',
    data: { owner },
    fix: {
      label: `Claim in two phases with a lease of ${lease}`,
      patches: () => [
        { op: 'set', path: [...path, 'claim'], value: 'two-phase' },
        { op: 'set', path: [...path, 'inProgressLease'], value: lease },
      ],
    },
  });
}
