import type * as contracts from '@orders/contracts';
import type { InboxHandler, ServiceContext } from '@orders/messaging';
import type { producers } from './producers.ts';

/** What the service's own code is given: its producers, a logger, and a signal that says when to stop. */
export type Context = ServiceContext<typeof producers>;

/** Handles what arrives in the topic order.events: order.created. */
export type ReserveStock = InboxHandler<typeof contracts.orderCreated, typeof producers>;
