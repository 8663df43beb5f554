import { killConsumer } from './01-kill-consumer.ts';
import { killAfterEffect } from './02-kill-after-effect.ts';
import { sigterm } from './03-sigterm.ts';
import { killProducer } from './04-kill-producer.ts';
import { brokerRestart } from './05-broker-restart.ts';
import { brokerStopped } from './06-broker-stopped.ts';
import { reset } from './07-reset.ts';
import { blackHole } from './08-black-hole.ts';
import { slowNetwork } from './09-slow-network.ts';
import { brokerAbsent } from './10-broker-absent.ts';
import { slowConsumer } from './11-slow-consumer.ts';
import { slowHandler } from './12-slow-handler.ts';
import { poison } from './13-poison.ts';
import { deadLettersMissing } from './14-dead-letters-missing.ts';
import { twice } from './15-twice.ts';
import { store } from './16-store.ts';
import { crashWithClaim } from './17-crash-with-claim.ts';
import { rebalanceStorm } from './18-rebalance-storm.ts';
import { commitFails } from './19-commit-fails.ts';
import { hostileErrors } from './20-hostile-errors.ts';
import { deadConsumer } from './21-dead-consumer.ts';
import { unroutable } from './22-unroutable.ts';
import { partialBatch } from './23-partial-batch.ts';
import { alarm } from './24-alarm.ts';
import { clock } from './25-clock.ts';
import { deleted } from './26-deleted.ts';
import { revoked } from './27-revoked.ts';
import type { Fault } from './fault.ts';

/** The fault matrix, by number. */
export const faults: readonly Fault[] = [
  killConsumer,
  killAfterEffect,
  sigterm,
  killProducer,
  brokerRestart,
  brokerStopped,
  reset,
  blackHole,
  slowNetwork,
  brokerAbsent,
  slowConsumer,
  slowHandler,
  poison,
  deadLettersMissing,
  twice,
  store,
  crashWithClaim,
  rebalanceStorm,
  commitFails,
  hostileErrors,
  deadConsumer,
  unroutable,
  partialBatch,
  alarm,
  clock,
  deleted,
  revoked,
];
