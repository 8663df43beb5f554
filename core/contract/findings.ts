import { severities } from '../review/rule.ts';
import { z } from '../zod.ts';

export const findingOutput = z.strictObject({
  rule: z.string().describe('Rule id, such as dlq/required.'),
  messageId: z.string().describe('Which of the messages of the rule it is.'),
  severity: z.enum(severities),
  relaxed: z
    .enum(['local', 'lossTolerant'])
    .optional()
    .describe('Why the severity is one step below that of the rule.'),
  element: z.string().describe('Address of the element, such as queues/email.'),
  field: z.string().optional().describe('Dotted path of the attribute below the element.'),
  message: z.string(),
  consequence: z.string().describe('What happens in production.'),
  line: z.int().min(1),
  column: z.int().min(1).describe('In UTF-16 units.'),
  endLine: z.int().min(1),
  endColumn: z.int().min(1).describe('Exclusive.'),
  fix: z
    .strictObject({ label: z.string(), safe: z.boolean().describe('Whether --fix applies it.') })
    .optional(),
});

export const waivedOutput = z.strictObject({
  waiver: z.string(),
  reason: z.string(),
  owner: z.string().optional(),
  until: z.string().optional(),
  finding: findingOutput,
});

export const defaultOutput = z.strictObject({
  rule: z.string(),
  attribute: z.string(),
  value: z.unknown().describe('What is generated where the attribute is missing.'),
  why: z.string(),
  elements: z.array(z.string()).describe('Elements that pass the rule because of it.'),
});

const counts = z.strictObject({
  error: z.int(),
  warn: z.int(),
  info: z.int(),
  waived: z.int(),
  known: z.int().describe('Findings of the baseline, or of the version compared with; they are left out.'),
  unknown: z.int().describe('Attributes that rules need and the design does not give.'),
  passedByDefault: z.int().describe('Checks of elements, over all rules.'),
  fixable: z.int().describe('Findings that --fix repairs.'),
});

/** What `lint --format json` writes. */
export const findingsOutput = z.strictObject({
  version: z.literal(1).describe('Version of this output.'),
  files: z.array(
    z.strictObject({
      file: z.string(),
      findings: z.array(findingOutput),
      waived: z.array(waivedOutput),
      unknowns: z.array(
        z.strictObject({
          attribute: z.string(),
          doc: z.string(),
          rules: z.array(z.string()),
          elements: z.array(z.string()),
        }),
      ),
      passedByDefault: z.array(defaultOutput),
      counts,
    }),
  ),
});
export type FindingsOutput = z.output<typeof findingsOutput>;
