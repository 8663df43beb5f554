import type { FindingsOutput } from '../../contract/findings.ts';
import type { Finding } from '../report.ts';
import type { Formatter } from './format.ts';

/** Everything that a review found, in the shape of `core/contract/findings.ts`. */
export const json: Formatter = (files) => {
  const output: FindingsOutput = {
    version: 1,
    files: files.map(({ file, report }) => ({
      file,
      findings: report.findings.map(findingOutput),
      waived: report.waived.map((waived) => ({ ...waived, finding: findingOutput(waived.finding) })),
      unknowns: report.unknowns.map(({ rules, elements, ...unknown }) => ({
        ...unknown,
        rules: [...rules],
        elements: [...elements],
      })),
      passedByDefault: report.passedByDefault.map(({ ruleId, ...pass }) => ({ rule: ruleId, ...pass })),
      counts: report.counts,
    })),
  };
  return `${JSON.stringify(output, undefined, 2)}\n`;
};

function findingOutput({
  ruleId,
  fix,
  ...finding
}: Finding): FindingsOutput['files'][number]['findings'][number] {
  return { rule: ruleId, ...finding, ...(fix ? { fix: { label: fix.label, safe: fix.safe } } : {}) };
}
