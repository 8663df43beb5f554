import type { Finding } from '../report.ts';
import type { Formatter, ReviewedFile } from './format.ts';

/**
 * JUnit XML, as CI servers read it: a suite for each design, in it a case for each finding. Errors and warnings are
 * failures, remarks and waived findings are skipped cases; a design without findings has one case that passes.
 */
export const junit: Formatter = (files) => {
  const suites = files.map(suite);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="brokerloom lint"${totals(files)}>`,
    ...suites,
    '</testsuites>',
  ]
    .join('\n')
    .concat('\n');
};

function suite({ file, report }: ReviewedFile): string {
  const clean = report.findings.length + report.waived.length === 0;
  const cases = [
    ...(clean ? [`    <testcase${attributes({ name: 'no findings', classname: file, file })}/>`] : []),
    ...report.findings.map((finding) => testcase(file, finding)),
    ...report.waived.map(({ finding, reason }) => skipped(file, finding, `waived: ${reason}`)),
  ];
  return [
    `  <testsuite${attributes({ name: file })}${totals([{ report }])}>`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
}

function testcase(file: string, finding: Finding): string {
  if (finding.severity === 'info') return skipped(file, finding, finding.message);
  const { message, consequence, severity, line, column, fix } = finding;
  const text = [
    `${file}:${line}:${column} ${message}`,
    consequence,
    ...(fix ? [`${fix.safe ? 'Fix' : 'Suggestion'}: ${fix.label}`] : []),
  ].join('\n');
  return [
    `    <testcase${named(file, finding)}>`,
    `      <failure${attributes({ message, type: severity })}>${escaped(text)}</failure>`,
    '    </testcase>',
  ].join('\n');
}

const skipped = (file: string, finding: Finding, message: string): string =>
  [
    `    <testcase${named(file, finding)}>`,
    `      <skipped${attributes({ message })}/>`,
    '    </testcase>',
  ].join('\n');

const named = (file: string, { ruleId, element, field, line }: Finding): string =>
  attributes({ name: `${ruleId} ${element}${field ? `.${field}` : ''}`, classname: file, file, line });

function totals(files: readonly Pick<ReviewedFile, 'report'>[]): string {
  const sum = (count: (report: ReviewedFile['report']) => number): number =>
    files.reduce((total, { report }) => total + count(report), 0);
  return attributes({
    tests: sum(({ findings, waived }) => Math.max(1, findings.length + waived.length)),
    failures: sum(({ counts }) => counts.error + counts.warn),
    errors: 0,
    skipped: sum(({ counts, waived }) => counts.info + waived.length),
  });
}

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(
      ([name, value]) =>
        ` ${name}="${escaped(String(value)).replaceAll('"', '&quot;').replace(/\s+/g, ' ')}"`,
    )
    .join('');

/** Text for XML 1.0, which has no place for control characters and lone surrogates. */
const escaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
