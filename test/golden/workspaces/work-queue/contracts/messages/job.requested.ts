import { defineMessage } from '@work-queue/messaging';
import { compile } from '../compile.ts';
import schema from '../schemas/job.requested.json' with { type: 'json' };

/** Body of job.requested, version 1. */
export interface JobRequested {
  jobId: string;
  task: string;
}

export const jobRequested = defineMessage<JobRequested>()({
  type: 'job.requested',
  version: 1,
  // 16KiB, checked before a send and on receipt
  maxBytes: 16384,
  envelope: 'domain-event',
  aggregateIdPath: '/jobId',
  validate: compile(schema),
});
