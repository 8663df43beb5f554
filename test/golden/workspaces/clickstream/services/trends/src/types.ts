import type * as contracts from '@clickstream/contracts';
import type { Handler, ServiceContext } from '@clickstream/messaging';
import type { producers } from './producers.ts';

/** What the service's own code is given: its producers, a logger, and a signal that says when to stop. */
export type Context = ServiceContext<typeof producers>;

/** Handles what arrives in the topic clicks: page.clicked. */
export type CountTrends = Handler<typeof contracts.pageClicked, typeof producers>;
