import { defineMessage } from '@bookings/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/booking.cancelled.json' with { type: 'json' };

/** Body of booking.cancelled, version 1. */
export interface BookingCancelled {
  bookingId: string;
  customerId: string;
  amount: number;
}

export const bookingCancelled = defineMessage<BookingCancelled>()({
  type: 'booking.cancelled',
  version: 1,
  // 8KiB, checked before a send and on receipt
  maxBytes: 8192,
  envelope: 'domain-event',
  aggregateIdPath: '/customerId',
  validate: compile(schema),
});
