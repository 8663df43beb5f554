import type * as contracts from '@ledger/contracts';
import type { InboxHandler, ServiceContext } from '@ledger/messaging';
import type { producers } from './producers.ts';

/** What the service's own code is given: its producers, a logger, and a signal that says when to stop. */
export type Context = ServiceContext<typeof producers>;

/** Handles what arrives in the queue confirmations: entry.booked. */
export type ConfirmOrder = InboxHandler<typeof contracts.entryBooked, typeof producers>;
