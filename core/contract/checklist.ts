import { states } from '../review/checklist/checklist.ts';
import { z } from '../zod.ts';
import { defaultOutput, findingOutput, waivedOutput } from './findings.ts';

const state = z.enum(states);

/** What `checklist --format json` writes. */
export const checklistOutput = z.strictObject({
  version: z.literal(1).describe('Version of this output.'),
  file: z.string(),
  counts: z.record(state, z.int()),
  answers: z.array(
    z.strictObject({
      number: z.int(),
      id: z.string(),
      question: z.string(),
      state,
      flows: z.array(z.strictObject({ flow: z.string(), state })),
      evidence: z.strictObject({
        findings: z.array(findingOutput),
        waived: z.array(waivedOutput),
        open: z.array(z.strictObject({ rule: z.string(), element: z.string(), attribute: z.string() })),
        defaults: z.array(defaultOutput),
        rules: z.array(z.string()).describe('Rules that were asked.'),
        off: z.array(z.string()).describe('Rules that the configuration turns off.'),
      }),
    }),
  ),
});
export type ChecklistOutput = z.output<typeof checklistOutput>;
