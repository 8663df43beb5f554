import type { Finding } from '../report.ts';
import type { Severity } from '../rule.ts';
import { type Formatter, summary } from './format.ts';

const COMMANDS = { error: 'error', warn: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>;

/**
 * Workflow commands of GitHub Actions: each finding is shown at its line of the pull request, and the summary in the log.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export const github: Formatter = (files) =>
  [
    ...files.flatMap(({ file, report }) => report.findings.map((finding) => command(file, finding))),
    summary(files),
  ]
    .join('\n')
    .concat('\n');

function command(file: string, finding: Finding): string {
  const { severity, line, endLine, column, endColumn, message, consequence, fix, ruleId } = finding;
  const place = [
    `file=${property(file)}`,
    `line=${line}`,
    `endLine=${endLine}`,
    // Columns are understood on one line only; the last one is inclusive here.
    ...(line === endLine ? [`col=${column}`, `endColumn=${Math.max(column, endColumn - 1)}`] : []),
    `title=${property(ruleId)}`,
  ];
  const remedy = fix ? [`${fix.safe ? 'Fix' : 'Suggestion'}: ${fix.label}`] : [];
  return `::${COMMANDS[severity]} ${place.join(',')}::${data([message, consequence, ...remedy].join('\n'))}`;
}

/** What would end the command, or begin another one. */
const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
