import { describe, expect, test } from 'vitest';
import { presetLevels, reviewOptionsFor } from '../../../../core/review/config/config.ts';
import { matchesGlob } from '../../../../core/review/config/glob.ts';
import type { Config } from '../../../../core/review/config/schema.ts';
import { review } from '../../../../core/review/review.ts';
import { designText, reviewable } from '../../rules/tester.ts';

/** One error each on two queues, and one warning on the flow. */
const DESIGN = designText(`
queues: { old: { broker: mq }, new: { broker: mq } }
consumers:
  a: { channel: old, sideEffects: [], ack: after }
  b: { channel: new, sideEffects: [], ack: after }
flows: { work: { to: [a, b] } }
`);

/** What two of the rules find. */
const found = (config: Config, file = 'shop.loom.yaml'): string[] =>
  review(reviewable(DESIGN), reviewOptionsFor(config, file)).findings.flatMap(
    ({ severity, ruleId, element }) =>
      ['dlq/required', 'ordering/requirement-stated'].includes(ruleId)
        ? [`${severity} ${ruleId} ${element}`]
        : [],
  );
const OLD = 'error dlq/required queues/old';
const NEW = 'error dlq/required queues/new';
const FLOW = 'warn ordering/requirement-stated flows/work';

describe('presets', () => {
  test('recommended leaves each rule its severity', () => {
    expect(found({})).toEqual([OLD, NEW, FLOW]);
    expect(found({ preset: 'recommended' })).toEqual([OLD, NEW, FLOW]);
  });

  test('strict makes errors of warnings', () => {
    expect(found({ preset: 'strict' })).toEqual([OLD, NEW, FLOW.replace('warn', 'error')]);
  });

  test('only all runs what does no more than inform', () => {
    expect(presetLevels.recommended({ severity: 'info' })).toBe('off');
    expect(presetLevels.strict({ severity: 'info' })).toBe('off');
    expect(presetLevels.all({ severity: 'info' })).toBeUndefined();
    expect(found({ preset: 'all' })).toEqual([OLD, NEW, FLOW]);
  });
});

describe('severity', () => {
  test('per rule', () => {
    expect(found({ rules: { 'dlq/required': 'warn', 'ordering/requirement-stated': 'off' } })).toEqual([
      OLD.replace('error', 'warn'),
      NEW.replace('error', 'warn'),
    ]);
  });

  test('is still one step milder where a loss is accepted', () => {
    const subject = reviewable(DESIGN.replace('environment: prod', 'environment: local'));
    const options = reviewOptionsFor({ rules: { 'dlq/required': 'warn' } }, 'a');
    expect(review(subject, options).findings).toContainEqual(
      expect.objectContaining({ ruleId: 'dlq/required', severity: 'info', relaxed: 'local' }),
    );
  });

  test('per element', () => {
    const rules = { 'dlq/required': 'off' } as const;
    expect(found({ overrides: [{ elements: ['queues/o*'], rules }] })).toEqual([NEW, FLOW]);
  });

  test('per design, the last override before the first', () => {
    const config: Config = {
      overrides: [
        { files: ['legacy/**'], rules: { 'dlq/required': 'off' } },
        { files: ['legacy/shop.*'], elements: ['queues/new'], rules: { 'dlq/required': 'info' } },
      ],
    };
    expect(found(config)).toEqual([OLD, NEW, FLOW]);
    expect(found(config, 'legacy/shop.loom.yaml')).toEqual([NEW.replace('error', 'info'), FLOW]);
    expect(found(config, 'legacy/deep/a.loom.yaml')).toEqual([FLOW]);
  });

  test('of what the runner itself finds', () => {
    const text = DESIGN.replace('old: { broker: mq }', 'old: { broker: mq, colour: red }');
    const ids = (config: Config) =>
      review(reviewable(text), reviewOptionsFor(config, 'a')).findings.map(({ ruleId }) => ruleId);
    expect(ids({})).toContain('document/unknown-key');
    expect(ids({ rules: { 'document/unknown-key': 'off' } })).not.toContain('document/unknown-key');
  });
});

test('a rule that is off asks for nothing and passes nothing', () => {
  const subject = reviewable(designText('consumers: { work: {} }'));
  const rules = {
    'idempotency/consumer-strategy-declared': 'off',
    'idempotency/ack-after-processing': 'off',
  } as const;
  const ids = (config: Config) => {
    const { unknowns, passedByDefault } = review(subject, reviewOptionsFor(config, 'a'));
    return [...unknowns.flatMap((unknown) => unknown.rules), ...passedByDefault.map(({ ruleId }) => ruleId)];
  };
  expect(ids({})).toEqual(expect.arrayContaining(Object.keys(rules)));
  for (const id of Object.keys(rules)) expect(ids({ rules })).not.toContain(id);
});

test.each([
  ['*.loom.yaml', 'a.loom.yaml', true],
  ['*.loom.yaml', 'b/a.loom.yaml', false],
  ['**/*.loom.yaml', 'a.loom.yaml', true],
  ['**/*.loom.yaml', 'b/c/a.loom.yaml', true],
  ['legacy/**', 'legacy/b/c', true],
  ['./legacy/?.yaml', 'legacy/a.yaml', true],
  ['queues/a.b', 'queues/axb', false],
])('%s on %s: %s', (glob, path, expected) => {
  expect(matchesGlob(glob, path)).toBe(expected);
});
