import { z } from '../zod.ts';

/** What `expand --json` writes. */
export const expandedOutput = z.strictObject({
  version: z.literal(1).describe('Version of this output.'),
  file: z.string(),
  design: z
    .record(z.string(), z.unknown())
    .describe('The design as its file would hold it, shorthand written out.'),
  implied: z.array(
    z.strictObject({
      element: z.string().describe('Address of the implied element, such as queues/email.dlq.'),
      from: z.string().describe('Address of the element that has the shorthand.'),
      field: z.enum(['deadLetter', 'retry']),
      role: z.literal('replay').optional().describe('Set where it is there for replays of dead letters.'),
    }),
  ),
});
export type ExpandedOutput = z.infer<typeof expandedOutput>;
