import type { RuleId } from '../../../core/rules/registry.ts';

/** A few rules of every kind, so that tests of the engine do not change with each rule that is added. */
export const someRules: readonly RuleId[] = [
  'dlq/required',
  'dlq/attempts-bounded',
  'dlq/unrouted-dlx',
  'idempotency/consumer-strategy-declared',
  'idempotency/ack-after-processing',
  'idempotency/claim-has-lease',
  'ordering/requirement-stated',
  'ordering/channel-cannot-provide',
  'ordering/partition-key-required',
  'pattern/competing-services-on-queue',
  'pattern/topic-without-subscriber',
  'rabbitmq/unroutable-handled',
];
