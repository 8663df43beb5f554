import type { Pack } from '../pack.ts';
import { ackAfterProcessing } from './ack-after-processing.ts';
import { claimHasLease } from './claim-has-lease.ts';
import { consumerStrategyDeclared } from './consumer-strategy-declared.ts';

export const idempotency = {
  'idempotency/consumer-strategy-declared': consumerStrategyDeclared,
  'idempotency/ack-after-processing': ackAfterProcessing,
  'idempotency/claim-has-lease': claimHasLease,
} as const satisfies Pack;
