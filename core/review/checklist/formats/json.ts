import type { ChecklistOutput } from '../../../contract/checklist.ts';
import { defaultValue, findingValue, waivedValue } from '../../formats/json.ts';
import type { ChecklistFormatter } from './format.ts';

/** The whole checklist, in the shape of `core/contract/checklist.ts`. */
export const json: ChecklistFormatter = ({ file, checklist }) => {
  const output: ChecklistOutput = {
    version: 1,
    file,
    counts: checklist.counts,
    answers: checklist.answers.map(({ number, question, state, flows, evidence }) => ({
      number,
      id: question.id,
      question: question.title,
      state,
      flows: [...flows],
      evidence: {
        findings: evidence.findings.map(findingValue),
        waived: evidence.waived.map(waivedValue),
        open: evidence.open.map(({ ruleId, ...open }) => ({ rule: ruleId, ...open })),
        defaults: evidence.defaults.map(defaultValue),
        rules: [...evidence.rules],
        off: [...evidence.off],
      },
    })),
  };
  return `${JSON.stringify(output, undefined, 2)}\n`;
};
