import { expect, test } from 'vitest';
import { findingsOutput } from '../../../../core/contract/findings.ts';
import { json } from '../../../../core/review/formats/json.ts';
import { sample } from './sample.ts';

test('has the shape of its contract, with nothing added and nothing lost', () => {
  const output = json([sample()]);
  const parsed = findingsOutput.parse(JSON.parse(output));
  expect(parsed).toEqual(JSON.parse(output));
  const [file] = parsed.files;
  const { report } = sample();
  expect(file?.counts).toEqual(report.counts);
  expect(file?.findings.map(({ rule, element }) => `${rule} ${element}`)).toEqual(
    report.findings.map(({ ruleId, element }) => `${ruleId} ${element}`),
  );
  expect(file?.waived).toMatchObject([
    { waiver: 'early', finding: { rule: 'idempotency/ack-after-processing' } },
  ]);
  expect(file?.unknowns).toHaveLength(1);
  expect(file?.passedByDefault).toHaveLength(report.passedByDefault.length);
});

test('gives label and safety of a fix', () => {
  const [file] = findingsOutput.parse(JSON.parse(json([sample()]))).files;
  expect(file?.findings[0]?.fix).toEqual({ label: 'Add dead-letter queue jobs.dlq', safe: false });
});

test('is written in parts as it would be written at once', () => {
  const { file, text, report } = sample();
  const findings = Array.from({ length: 30 }, () => report.findings).flat();
  const long = { file: 'a "long" one', text, report: { ...report, findings, waived: [] } };
  const output = json([{ file, text, report }, long]);
  expect(output).toBe(`${JSON.stringify(JSON.parse(output), undefined, 2)}\n`);
  expect(JSON.parse(output).files[1].findings).toHaveLength(findings.length);
});
