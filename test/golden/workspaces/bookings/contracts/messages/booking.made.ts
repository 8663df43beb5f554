import { defineMessage } from '@bookings/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/booking.made.json' with { type: 'json' };

/** Body of booking.made, version 1. */
export interface BookingMade {
  bookingId: string;
  customerId: string;
  amount: number;
}

export const bookingMade = defineMessage<BookingMade>()({
  type: 'booking.made',
  version: 1,
  // 8KiB, checked before a send and on receipt
  maxBytes: 8192,
  envelope: 'domain-event',
  aggregateIdPath: '/customerId',
  validate: compile(schema),
});
