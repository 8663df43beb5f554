import * as contracts from '@bookings/contracts';
import { defineProducer } from '@bookings/messaging';

export const producers = {
  tellBookings: defineProducer({
    broker: 'events',
    to: { exchange: 'booking-events.fifo' },
    messages: [contracts.bookingCancelled, contracts.bookingMade],
    // a flow relies on the order: at most one unconfirmed message per key
    ordered: true,
  }),
};
