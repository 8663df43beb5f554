import { PLAIN, type Style } from '../../formats/format.ts';
import type { Answer, State } from '../checklist.ts';
import { type ChecklistFormatter, countsText, flowsText, generated, missing } from './format.ts';

const COLOURS = {
  fail: 'red',
  unknown: 'blue',
  warn: 'yellow',
  waived: 'cyan',
  pass: 'green',
  'n/a': 'dim',
} as const satisfies Record<State, keyof Style>;

/** The checklist for a terminal: each answer with what it follows from. */
export const human: ChecklistFormatter = ({ file, checklist }, { style = PLAIN } = {}) =>
  [
    style.bold(file),
    ...checklist.answers.map((answer) => [heading(answer, style), ...evidence(answer, style)].join('\n')),
    style.bold(countsText(checklist)),
  ]
    .join('\n\n')
    .concat('\n');

const heading = ({ number, question, state }: Answer, style: Style): string =>
  `${style[COLOURS[state]](state.padEnd(7))} ${String(number).padStart(2)} ${style.bold(question.title)}`;

const INDENT = ' '.repeat(11);

function evidence(answer: Answer, style: Style): string[] {
  const { findings, waived, open, defaults, rules, off } = answer.evidence;
  if (answer.state === 'n/a') return [];
  const flows = flowsText(answer);
  const lines = [
    ...findings.map(
      ({ severity, line, message, ruleId }) => `${severity} line ${line}: ${message} ${style.dim(ruleId)}`,
    ),
    ...waived.map(
      ({ finding, reason, until }) =>
        `waived${until ? ` until ${until}` : ''}: ${finding.message} (${reason}) ${style.dim(finding.ruleId)}`,
    ),
    ...missing(open).map(({ attribute, elements }) => `not stated: ${attribute} of ${elements.join(', ')}`),
    ...generated(defaults).map(
      ({ text, why, elements }) => `generated for ${elements}: ${text} ${style.dim(`(${why})`)}`,
    ),
    ...(off.length > 0 ? [`turned off: ${off.join(', ')}`] : []),
    ...(flows ? [`flows: ${flows}`] : []),
    style.dim(`asked: ${rules.join(', ')}`),
  ];
  return lines.map((line) => `${INDENT}${line}`);
}
