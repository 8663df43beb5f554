import type { Attributes } from '../attribute.ts';
import { defineKind } from '../kind.ts';
import { idempotencyShape } from '../shared.ts';

const { strategy, keyFrom, store, ttl, claim, atomicity, inProgressLease } = idempotencyShape.shape;
const doc = (schema: { description?: string | undefined }): string => schema.description ?? '';

export const idempotencyPolicy = defineKind({
  id: 'idempotencyPolicy',
  section: 'idempotencyPolicies',
  title: 'Idempotency policy',
  doc: 'How a second delivery of the same message is kept from repeating the effect.',
  drawn: 'none',
  attributes: {
    strategy: {
      schema: strategy.unwrap(),
      editor: { type: 'enum', values: strategy.unwrap().options },
      group: 'Idempotency',
      doc: doc(strategy),
    },
    keyFrom: {
      schema: keyFrom.unwrap(),
      editor: { type: 'list' },
      group: 'Idempotency',
      doc: doc(keyFrom),
      default: { value: 'the event id', why: 'assigned once by the producer, the same at every retry' },
    },
    store: {
      schema: store.unwrap(),
      editor: { type: 'object' },
      group: 'Idempotency',
      doc: doc(store),
      default: { value: 'redis', why: 'shared by all replicas, persistent with AOF' },
    },
    ttl: {
      schema: ttl.unwrap(),
      editor: { type: 'duration' },
      group: 'Idempotency',
      doc: doc(ttl),
      default: { value: '24h', why: 'covers the redelivery window of the source' },
    },
    claim: {
      schema: claim.unwrap(),
      editor: { type: 'enum', values: claim.unwrap().options },
      group: 'Idempotency',
      doc: doc(claim),
      default: { value: 'two-phase', why: 'a crash after the claim does not lose the message' },
    },
    atomicity: {
      schema: atomicity.unwrap(),
      editor: { type: 'enum', values: atomicity.unwrap().options },
      group: 'Idempotency',
      doc: doc(atomicity),
      default: { value: 'conditional-put', why: 'SET NX is one step' },
    },
    inProgressLease: {
      schema: inProgressLease.unwrap(),
      editor: { type: 'duration' },
      group: 'Idempotency',
      doc: doc(inProgressLease),
      default: { value: '3 × p99, at least 30s', why: 'long enough for slow work, short enough to resume' },
    },
  } satisfies Attributes,
});
