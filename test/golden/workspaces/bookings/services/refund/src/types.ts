import type * as contracts from '@bookings/contracts';
import type { Handler, ServiceContext } from '@bookings/messaging';
import type { producers } from './producers.ts';

/** What the service's own code is given: its producers, a logger, and a signal that says when to stop. */
export type Context = ServiceContext<typeof producers>;

/** Handles what arrives in the queue refunds: booking.cancelled. */
export type PayBack = Handler<typeof contracts.bookingCancelled, typeof producers>;
