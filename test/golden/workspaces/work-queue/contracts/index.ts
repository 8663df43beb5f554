export * from './messages/job.requested.ts';
