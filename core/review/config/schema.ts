import { type Section, sections } from '../../kinds/registry.ts';
import { z } from '../../zod.ts';
import { severities } from '../rule.ts';

export const presets = ['recommended', 'strict', 'all'] as const;
export type Preset = (typeof presets)[number];

const level = z
  .enum([...severities, 'off'])
  .describe('Severity of the findings of a rule; off: they are not reported.');
export type Level = z.output<typeof level>;

const ruleSetting = z.union([
  level,
  z.strictObject({
    severity: level.optional(),
    options: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Options of the rule, as its page lists them.'),
  }),
]);
const ruleSettings = z.record(z.string(), ruleSetting);

const override = z.strictObject({
  files: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('Globs of the designs it holds for, from the folder of the configuration; missing = all.'),
  elements: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('Globs of element addresses such as queues/legacy-*; missing = all.'),
  rules: ruleSettings,
});

/** `brokerloom.config.yaml`: how a project reviews its designs. */
export const configSchema = z.strictObject({
  preset: z
    .enum(presets)
    .optional()
    .describe(
      'recommended (default): rules that warn of an outage. strict: the same, their warnings as errors. all: also the rules that only inform.',
    ),
  rules: ruleSettings.optional(),
  naming: z
    .partialRecord(z.enum(sections as readonly [Section, ...Section[]]), z.string())
    .optional()
    .describe('Regular expressions for names by section, for designs that have no naming of their own.'),
  docsBase: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'URL under which the folder docs/ of Brokerloom is published; links of SARIF lead to the pages of the rules there.',
    ),
  overrides: z
    .array(override)
    .optional()
    .describe('Settings for some designs or elements; the last one holds.'),
});
/** How a project reviews its designs; without any settings, by the defaults. */
export type Config = z.output<typeof configSchema>;
export type RuleSettings = z.output<typeof ruleSettings>;
