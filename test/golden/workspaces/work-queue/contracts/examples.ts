import jobRequested from './examples/job.requested.json' with { type: 'json' };

/** Example bodies by message type, as the design gives them. */
export const examples: Readonly<Record<string, readonly unknown[]>> = {
  'job.requested': jobRequested,
};
