import type { AnyRule } from '../review/rule.ts';
import { attemptsBounded } from './dlq/attempts-bounded.ts';
import { required } from './dlq/required.ts';
import { unroutedDlx } from './dlq/unrouted-dlx.ts';
import { ackAfterProcessing } from './idempotency/ack-after-processing.ts';
import { claimHasLease } from './idempotency/claim-has-lease.ts';
import { consumerStrategyDeclared } from './idempotency/consumer-strategy-declared.ts';
import { channelCannotProvide } from './ordering/channel-cannot-provide.ts';
import { partitionKeyRequired } from './ordering/partition-key-required.ts';
import { requirementStated } from './ordering/requirement-stated.ts';
import { competingServicesOnQueue } from './pattern/competing-services-on-queue.ts';
import { topicWithoutSubscriber } from './pattern/topic-without-subscriber.ts';
import { unroutableHandled } from './rabbitmq/unroutable-handled.ts';

/** Every rule by its id, in the order of the packs. A rule that is missing here does not run. */
export const rules = {
  'dlq/required': required,
  'dlq/attempts-bounded': attemptsBounded,
  'dlq/unrouted-dlx': unroutedDlx,
  'idempotency/consumer-strategy-declared': consumerStrategyDeclared,
  'idempotency/ack-after-processing': ackAfterProcessing,
  'idempotency/claim-has-lease': claimHasLease,
  'ordering/requirement-stated': requirementStated,
  'ordering/channel-cannot-provide': channelCannotProvide,
  'ordering/partition-key-required': partitionKeyRequired,
  'pattern/competing-services-on-queue': competingServicesOnQueue,
  'pattern/topic-without-subscriber': topicWithoutSubscriber,
  'rabbitmq/unroutable-handled': unroutableHandled,
} as const satisfies { readonly [Id in string]: AnyRule & { readonly id: Id } };

export type RuleId = keyof typeof rules;
