import { expect, test } from 'vitest';
import { github } from '../../../../core/review/formats/github.ts';
import { sample } from './sample.ts';

test('has a command for each finding and ends with the summary', () => {
  const { report } = sample();
  const lines = github([sample()]).split('\n');
  expect(lines[0]).toBe(
    '::error file=designs/sample one.loom.yaml,line=6,endLine=6,col=3,endColumn=6,title=dlq/required::' +
      'Queue jobs has no dead-letter queue for what work and help cannot process.%0A' +
      'A message that fails every attempt is dropped by the broker or redelivered without end.%0A' +
      'Suggestion: Add dead-letter queue jobs.dlq',
  );
  expect(lines.filter((line) => line.startsWith('::'))).toHaveLength(report.findings.length);
  expect(lines.at(-2)).toMatch(/^\d+ errors?, \d+ warnings?/);
});

test('text from a design neither ends a command nor begins one', () => {
  const file = sample('a,b:c%0A.yaml');
  const findings = file.report.findings.map((finding) => ({
    ...finding,
    message: '100 %\r\n::stop-commands::x',
  }));
  const text = github([{ ...file, report: { ...file.report, findings } }]);
  expect(text).toContain('file=a%2Cb%3Ac%250A.yaml,');
  expect(text).toContain('::100 %25%0D%0A::stop-commands::x%0A');
  expect(text.split('\n').filter((line) => line.startsWith('::stop-commands'))).toEqual([]);
});
