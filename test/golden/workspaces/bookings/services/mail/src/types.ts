import type * as contracts from '@bookings/contracts';
import type { Handler, ServiceContext } from '@bookings/messaging';
import type { producers } from './producers.ts';

/** What the service's own code is given: its producers, a logger, and a signal that says when to stop. */
export type Context = ServiceContext<typeof producers>;

/** Handles what arrives in the queue mails: booking.cancelled, booking.made. */
export type SendMail = Handler<
  typeof contracts.bookingCancelled | typeof contracts.bookingMade,
  typeof producers
>;
