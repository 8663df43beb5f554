import { appendFileSync } from 'node:fs';

/*
 * What the handlers of the journey do: each writes down whose order it has seen, in which correlation and trace, and sends
 * on what comes next. The event id of what is sent on follows from that of what was received, so that a handler which runs
 * twice sends the same event twice.
 */

interface Received {
  readonly envelope: {
    readonly eventId: string;
    readonly correlationId: string;
    readonly traceparent?: string;
  };
  readonly data: { readonly orderId: string };
}

export function seen(step: string, { envelope, data }: Received): void {
  const { correlationId, traceparent = '' } = envelope;
  // The line begins with its own break, as history.ts has it.
  const line = { step, orderId: data.orderId, correlationId, trace: traceparent.split('-')[1] ?? '' };
  appendFileSync(process.env['HISTORY'] ?? '', `\n${JSON.stringify(line)}`);
}

export const next = (step: string, { envelope }: Received): { readonly eventId: string } => ({
  eventId: `${envelope.eventId}/${step}`,
});
