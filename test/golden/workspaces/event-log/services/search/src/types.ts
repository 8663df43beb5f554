import type * as contracts from '@event-log/contracts';
import type { Handler, ServiceContext } from '@event-log/messaging';
import type { producers } from './producers.ts';

/** What the service's own code is given: its producers, a logger, and a signal that says when to stop. */
export type Context = ServiceContext<typeof producers>;

/** Handles what arrives in the topic account.events: account.closed, account.opened. */
export type IndexAccount = Handler<
  typeof contracts.accountClosed | typeof contracts.accountOpened,
  typeof producers
>;
