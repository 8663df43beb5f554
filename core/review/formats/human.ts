import { redacted } from '../../redact.ts';
import type { Finding, Unknown } from '../report.ts';
import type { Severity } from '../rule.ts';
import { counted, type Formatter, PLAIN, type ReviewedFile, type Style, summary } from './format.ts';

const COLOURS = { error: 'red', warn: 'yellow', info: 'blue' } as const satisfies Record<
  Severity,
  keyof Style
>;
const LABELS = { error: 'error', warn: 'warning', info: 'info' } as const satisfies Record<Severity, string>;
const RELAXED = {
  local: 'one step milder, since the environment is local',
  lossTolerant: 'one step milder, since losing a message is accepted here',
} as const;
const MAX_EXCERPT = 160;

/** Findings for a terminal: position, sentence, the line with a caret, consequence and fix. */
export const human: Formatter = (files, { style = PLAIN, shown = (text: string) => text } = {}) => {
  const blocks = files.flatMap((file) => {
    const lines = file.text.split(/\r?\n/);
    const name = shown(file.file);
    return [
      ...file.report.findings.map((finding) => findingBlock(name, lines, finding, style, shown)),
      ...file.report.unknowns.map((unknown) => unknownBlock(unknown, style, shown)),
    ];
  });
  return [...blocks, closing(files, style)].join('\n\n').concat('\n');
};

/** A line of the file without its passwords, as long as before, so that what is marked stays in its place. */
const masked = (line: string): string => {
  const shown = redacted(line);
  return shown === line ? line : shown.padEnd(line.length);
};

type Shown = (text: string) => string;

function findingBlock(
  file: string,
  lines: readonly string[],
  finding: Finding,
  style: Style,
  shown: Shown,
): string {
  const colour = style[COLOURS[finding.severity]];
  const gutter = ' '.repeat(String(finding.line).length);
  const head = `${file}:${finding.line}:${finding.column} ${colour(LABELS[finding.severity])} ${style.bold(shown(finding.message))} ${style.dim(finding.ruleId)}`;
  const line = visible(masked(lines[finding.line - 1] ?? ''));
  const from = finding.column - 1;
  const to = finding.endLine === finding.line ? finding.endColumn - 1 : line.length;
  const excerpt =
    from < MAX_EXCERPT
      ? [
          `${style.dim(`${finding.line} |`)} ${line.slice(0, MAX_EXCERPT)}`,
          `${style.dim(`${gutter} |`)} ${' '.repeat(from)}${colour('^'.repeat(Math.max(1, Math.min(to, MAX_EXCERPT) - from)))}`,
        ]
      : [];
  const notes = [
    shown(finding.consequence),
    ...(finding.relaxed ? [`(${RELAXED[finding.relaxed]})`] : []),
    ...(finding.fix
      ? [style.cyan(`${finding.fix.safe ? 'fix' : 'suggestion'}: ${shown(finding.fix.label)}`)]
      : []),
  ];
  return [head, ...excerpt, ...notes.map((note) => `${gutter} ${note}`)].join('\n');
}

function unknownBlock({ attribute, doc, rules, elements }: Unknown, style: Style, shown: Shown): string {
  return [
    `${style.blue('unknown')} ${style.bold(attribute)} would decide ${counted(rules.length, 'rule')}: ${rules.join(', ')}`,
    `  ${doc}`,
    `  missing on ${shown(elements.join(', '))}`,
  ].join('\n');
}

function closing(files: readonly ReviewedFile[], style: Style): string {
  const total = (key: 'fixable' | 'passedByDefault'): number =>
    files.reduce((sum, { report }) => sum + report.counts[key], 0);
  const byDefault = total('passedByDefault');
  const fixable = total('fixable');
  return [
    style.bold(`${counted(files.length, 'design')}: ${summary(files)}`),
    ...(byDefault > 0 ? [style.dim(`${counted(byDefault, 'check')} passed by generated default.`)] : []),
    ...(fixable > 0 ? [style.cyan(`--fix repairs ${counted(fixable, 'finding')}.`)] : []),
  ].join('\n');
}

/** Control characters would move the caret or the cursor of the terminal. */
const visible = (line: string): string => line.replaceAll('\t', ' ').replace(/\p{Cc}/gu, '\ufffd');
