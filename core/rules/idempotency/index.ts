import type { Pack } from '../pack.ts';
import { ackAfterProcessing } from './ack-after-processing.ts';
import { checkThenActRace } from './check-then-act-race.ts';
import { claimHasLease } from './claim-has-lease.ts';
import { consumerStrategyDeclared } from './consumer-strategy-declared.ts';
import { exactlyOnceClaim } from './exactly-once-claim.ts';
import { keyIsStable } from './key-is-stable.ts';
import { ttlCoversRedelivery } from './ttl-covers-redelivery.ts';

export const idempotency = {
  'idempotency/consumer-strategy-declared': consumerStrategyDeclared,
  'idempotency/ack-after-processing': ackAfterProcessing,
  'idempotency/key-is-stable': keyIsStable,
  'idempotency/ttl-covers-redelivery': ttlCoversRedelivery,
  'idempotency/claim-has-lease': claimHasLease,
  'idempotency/check-then-act-race': checkThenActRace,
  'idempotency/exactly-once-claim': exactlyOnceClaim,
} as const satisfies Pack;
