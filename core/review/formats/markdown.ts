import type { Finding, Report } from '../report.ts';
import type { Severity } from '../rule.ts';
import { counted, type Formatter, type ReviewedFile, summary } from './format.ts';

const LABELS = { error: 'Error', warn: 'Warning', info: 'Info' } as const satisfies Record<Severity, string>;

/** A short summary for a pull request: one table for each design, then what is waived and what is unknown. */
export const markdown: Formatter = (files) =>
  [`## Design review: ${summary(files)}`, ...files.flatMap(section)].join('\n\n').concat('\n');

function section({ file, report }: ReviewedFile): string[] {
  return [
    `### ${code(file)}`,
    report.findings.length === 0 ? 'No findings.' : table(file, report.findings),
    ...notes(report),
  ];
}

function table(file: string, findings: readonly Finding[]): string {
  const rows = findings.map(({ line, severity, element, message, consequence, ruleId, fix }) => {
    const remedy = fix ? `<br>${fix.safe ? 'Fix' : 'Suggestion'}: ${escaped(fix.label)}` : '';
    return `| ${LABELS[severity]} | [${code(element)}](${encodeURI(file)}#L${line}) | ${escaped(message)}<br>${escaped(consequence)}${remedy} | ${code(ruleId)} |`;
  });
  return ['| | Element | Finding | Rule |', '|---|---|---|---|', ...rows].join('\n');
}

function notes({ waived, unknowns, counts }: Report): string[] {
  const accepted = waived.map(({ finding, reason, owner, until }) => {
    const terms = [owner && `by ${escaped(owner)}`, until && `until ${until}`].filter(
      (term) => term !== undefined,
    );
    return `- Waived${terms.length > 0 ? ` ${terms.join(' ')}` : ''}: ${code(finding.ruleId)} on ${code(finding.element)}: ${escaped(reason)}`;
  });
  const open = unknowns.map(
    ({ attribute, rules, elements }) =>
      `- Unknown: ${code(attribute)} of ${elements.map(code).join(', ')} would decide ${rules.map(code).join(', ')}.`,
  );
  const defaults =
    counts.passedByDefault > 0
      ? [`- ${counted(counts.passedByDefault, 'check')} passed by generated default.`]
      : [];
  const lines = [...accepted, ...open, ...defaults];
  return lines.length > 0 ? [lines.join('\n')] : [];
}

export const code = (text: string): string => `\`${text}\``;

/** Text from a design must not become markup of the page that shows it. */
export const escaped = (text: string): string =>
  text.replace(/[\\`*_[\]<>|#]/g, (character) => `\\${character}`).replace(/\s+/g, ' ');
