import type * as contracts from '@work-queue/contracts';
import type { Handler, ServiceContext } from '@work-queue/messaging';
import type { producers } from './producers.ts';

/** What the service's own code is given: its producers, a logger, and a signal that says when to stop. */
export type Context = ServiceContext<typeof producers>;

/** Handles what arrives in the queue jobs.work: job.requested. */
export type DoJob = Handler<typeof contracts.jobRequested, typeof producers>;
