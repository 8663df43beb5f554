import bookingCancelled from './examples/booking.cancelled.json' with { type: 'json' };
import bookingMade from './examples/booking.made.json' with { type: 'json' };

/** Example bodies by message type, as the design gives them. */
export const examples: Readonly<Record<string, readonly unknown[]>> = {
  'booking.cancelled': bookingCancelled,
  'booking.made': bookingMade,
};
