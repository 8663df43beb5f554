import { readFileSync } from 'node:fs';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { sarif } from '../../../../core/review/formats/sarif.ts';
import { sample } from './sample.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: Readonly<Record<string, number>>;
    };
  }[];
}
interface Run {
  readonly tool: {
    readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri?: string }[] };
  };
  readonly results: readonly Result[];
}

const schema = JSON.parse(
  readFileSync(new URL('../../../fixtures/sarif/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8'),
);
// The schema has a pattern that is no regular expression in Unicode mode.
const ajv = new Ajv({ strict: false, unicodeRegExp: false });
addFormats(ajv as never);
const validate = ajv.compile(schema);
const runOf = (output: string): Run => JSON.parse(output).runs[0];

test.each([
  ['without options', {}],
  [
    'with a version and a place for its pages',
    { version: '1.2.3', docsBase: 'https://example.org/brokerloom/' },
  ],
])('is valid by the schema of the standard, %s', (_, options) => {
  validate(JSON.parse(sarif([sample(), sample('other.loom.yaml')], options)));
  expect(validate.errors).toBeNull();
});

test('the schema refuses what is not SARIF', () => {
  expect(validate({ version: '2.1.0', runs: [{ results: [{ text: 'no message' }] }] })).toBe(false);
});

test('points at the marked text, by the index of its rule and with an encoded path', () => {
  const { tool, results } = runOf(sarif([sample()]));
  const [first] = results;
  expect(first).toMatchObject({ ruleId: 'dlq/required', level: 'error' });
  expect(first?.locations[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: 'designs/sample%20one.loom.yaml' },
    region: { startLine: 6, startColumn: 3, endLine: 6, endColumn: 7 },
  });
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
});

test('links each rule to its page where the pages have a place', () => {
  const { tool } = runOf(sarif([sample()], { docsBase: 'https://example.org/' }));
  expect(tool.driver.rules.find(({ id }) => id === 'dlq/required')?.helpUri).toBe(
    'https://example.org/docs/rules/dlq/required.md',
  );
});

test('keeps waived findings as suppressed', () => {
  const suppressed = runOf(sarif([sample()])).results.filter(({ suppressions }) => suppressions);
  expect(suppressed).toMatchObject([
    {
      ruleId: 'idempotency/ack-after-processing',
      suppressions: [
        { kind: 'inSource', status: 'accepted', justification: 'load test, no real money (team-a)' },
      ],
    },
  ]);
});

test('gives the same bytes for the same input', () => {
  expect(sarif([sample()])).toBe(sarif([sample()]));
});

test('keeps fingerprints when lines above change, and gives each finding its own', () => {
  const prints = (output: string) =>
    runOf(output).results.map(({ partialFingerprints }) => partialFingerprints);
  const moved = sarif([sample(undefined, '# a comment\n\n')]);
  expect(runOf(moved).results[0]?.locations[0]?.physicalLocation.region).toMatchObject({ startLine: 8 });
  expect(prints(moved)).toEqual(prints(sarif([sample()])));
  expect(new Set(prints(moved).map((print) => JSON.stringify(print))).size).toBe(prints(moved).length);
});
