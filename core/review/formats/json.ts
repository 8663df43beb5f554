import type { defaultOutput, FindingsOutput, findingOutput, waivedOutput } from '../../contract/findings.ts';
import type { z } from '../../zod.ts';
import type { DefaultPass, Finding, WaivedFinding } from '../report.ts';
import type { Formatter } from './format.ts';

/** Everything that a review found, in the shape of `core/contract/findings.ts`. */
export const json: Formatter = (files) => {
  const output: FindingsOutput = {
    version: 1,
    files: files.map(({ file, report }) => ({
      file,
      findings: report.findings.map(findingValue),
      waived: report.waived.map(waivedValue),
      unknowns: report.unknowns.map(({ rules, elements, ...unknown }) => ({
        ...unknown,
        rules: [...rules],
        elements: [...elements],
      })),
      passedByDefault: report.passedByDefault.map(defaultValue),
      counts: report.counts,
    })),
  };
  return `${JSON.stringify(output, undefined, 2)}\n`;
};

export function findingValue({ ruleId, fix, ...finding }: Finding): z.output<typeof findingOutput> {
  return { rule: ruleId, ...finding, ...(fix ? { fix: { label: fix.label, safe: fix.safe } } : {}) };
}

export const waivedValue = (waived: WaivedFinding): z.output<typeof waivedOutput> => ({
  ...waived,
  finding: findingValue(waived.finding),
});

export const defaultValue = ({ ruleId, ...pass }: DefaultPass): z.output<typeof defaultOutput> => ({
  rule: ruleId,
  ...pass,
});
