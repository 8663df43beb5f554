import type { BuildSession } from '../types.ts';

/**
 * Handles page.clicked. This file is yours: it is written once and then left alone.
 *
 * Returning means done; throwing means another attempt, or the dead-letter queue after the last. An event that is
 * delivered again after it is done does not come here; `idempotencyKey` is there for sinks that take a key.
 *
 * What is written through `context.transaction` (`query(text, values)`) commits together with the mark that the event
 * is done: once for each event, whatever crashes. Give it to producers with an outbox too.
 */
export const buildSession: BuildSession = async (message, context) => {
  const { type, envelope } = message;
  context.log.info({ type, eventId: envelope.eventId }, 'Received; put the effect here.');
};
