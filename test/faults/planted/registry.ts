import { ackBeforeEffect } from './ackBeforeEffect.ts';
import type { PlantedBug } from './bug.ts';
import { noIdempotency } from './noIdempotency.ts';
import { onePhaseClaim } from './onePhaseClaim.ts';
import { relayMark } from './relayMark.ts';
import { retryAfterAck } from './retryAfterAck.ts';
import { sharedKey } from './sharedKey.ts';

export type PlantedId =
  | 'no-idempotency'
  | 'ack-before-effect'
  | 'one-phase-claim'
  | 'retry-after-ack'
  | 'shared-key'
  | 'relay-mark';

/** The bugs that the checker has to find, by id. */
export const plantedBugs = {
  'no-idempotency': noIdempotency,
  'ack-before-effect': ackBeforeEffect,
  'one-phase-claim': onePhaseClaim,
  'retry-after-ack': retryAfterAck,
  'shared-key': sharedKey,
  'relay-mark': relayMark,
} as const satisfies Readonly<Record<PlantedId, PlantedBug>>;
