import { z } from '../zod.ts';

/** The file of `lint --baseline`: findings that were there when the team began, by design and fingerprint. */
export const baselineFile = () =>
  z.strictObject({
    version: z.literal(1),
    files: z.record(z.string(), z.record(z.string(), z.int().min(1))),
  });
