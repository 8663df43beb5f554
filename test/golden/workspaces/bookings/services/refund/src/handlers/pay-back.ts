import type { PayBack } from '../types.ts';

/**
 * Handles booking.cancelled. This file is yours: it is written once and then left alone.
 *
 * Returning means done; throwing means another attempt, or the dead-letter queue after the last. An event that is
 * delivered again after it is done does not come here; `idempotencyKey` is there for sinks that take a key.
 */
export const payBack: PayBack = async (message, context) => {
  const { type, envelope } = message;
  context.log.info({ type, eventId: envelope.eventId }, 'Received; put the effect here.');
};
