import { code, escaped } from '../../formats/markdown.ts';
import type { Answer } from '../checklist.ts';
import {
  type AnsweredFile,
  type ChecklistFormatter,
  countsText,
  generated,
  missing,
  stateLabels,
} from './format.ts';

/** The checklist for a pull request: one table of answers, one of flows where there are any, and the evidence below. */
export const markdown: ChecklistFormatter = ({ file, checklist }) =>
  [
    `## Design review checklist: ${countsText(checklist)}`,
    code(file),
    [
      '| | Question | Answer |',
      '|---|---|---|',
      ...checklist.answers.map(
        ({ number, question, state }) => `| ${number} | ${escaped(question.title)} | ${label(state)} |`,
      ),
    ].join('\n'),
    ...flowTable(checklist.answers),
    ...checklist.answers.flatMap((answer) => details(file, answer)),
  ]
    .join('\n\n')
    .concat('\n');

const label = (state: Answer['state']): string =>
  state === 'fail' || state === 'unknown' || state === 'warn'
    ? `**${stateLabels[state]}**`
    : stateLabels[state];

/** A row for each flow, a column for each question that is about some flow. */
function flowTable(answers: readonly Answer[]): string[] {
  const asked = answers.filter(({ flows }) => flows.length > 0);
  const flows = new Set(asked.flatMap((answer) => answer.flows.map(({ flow }) => flow)));
  if (flows.size === 0) return [];
  const cell = (answer: Answer, flow: string): string =>
    answer.flows.find((one) => one.flow === flow)?.state ?? 'n/a';
  return [
    [
      `| Flow | ${asked.map(({ number }) => number).join(' | ')} |`,
      `|---|${asked.map(() => '---|').join('')}`,
      ...[...flows].map(
        (flow) => `| ${code(flow)} | ${asked.map((answer) => cell(answer, flow)).join(' | ')} |`,
      ),
    ].join('\n'),
  ];
}

function details(file: AnsweredFile['file'], { number, question, state, evidence }: Answer): string[] {
  const { findings, waived, open, defaults, rules, off } = evidence;
  if (state === 'n/a') return [];
  const items = [
    ...findings.map(
      ({ severity, element, line, message, ruleId }) =>
        `${severity} on [${code(element)}](${encodeURI(file)}#L${line}): ${escaped(message)} ${code(ruleId)}`,
    ),
    ...waived.map(
      ({ finding, reason, owner, until }) =>
        `waived${owner ? ` by ${escaped(owner)}` : ''}${until ? ` until ${until}` : ''}: ${escaped(finding.message)} ${code(finding.ruleId)}, ${escaped(reason)}`,
    ),
    ...missing(open).map(
      ({ attribute, elements }) => `not stated: ${code(attribute)} of ${elements.map(code).join(', ')}`,
    ),
    ...generated(defaults).map(
      ({ text, why, elements }) => `generated for ${elements}: ${code(text)} (${escaped(why)})`,
    ),
    ...(off.length > 0 ? [`turned off: ${off.map(code).join(', ')}`] : []),
    `asked: ${rules.map(code).join(', ')}`,
  ];
  return [
    [
      `<details><summary>${number}. ${escaped(question.title)} ${stateLabels[state]}</summary>`,
      '',
      ...items.map((item) => `- ${item}`),
      '',
      '</details>',
    ].join('\n'),
  ];
}
