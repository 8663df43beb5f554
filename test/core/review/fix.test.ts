import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applyFixes } from '../../../core/review/fix.ts';
import { review } from '../../../core/review/review.ts';
import { applyEdits } from '../../../core/text/compose.ts';
import { designText, reviewable } from '../rules/tester.ts';
import { someRules } from './selection.ts';

const only = [...someRules, 'rabbitmq/delivery-limit'] as const;
const fixed = (design: string) => applyFixes(reviewable(designText(design)), { only });

test('changes the lines of the fixes and no others, comments and line breaks included', () => {
  const before = `brokerloom: 1\r
design: {name: a,   environment: prod} # kept\r
consumers:\r
  work: { ack:   before, sideEffects: [] } # fast\r
`;
  const { text, applied } = applyFixes(reviewable(before), { only });
  expect(text).toBe(before.replace('before', 'after'));
  expect(applied.map(({ ruleId }) => ruleId)).toEqual(['idempotency/ack-after-processing']);
});

test('leaves what is only suggested', () => {
  const design = `
queues: { jobs: { broker: mq } }
consumers: { work: { channel: jobs, sideEffects: [database], ack: after } }
`;
  expect(fixed(design)).toEqual({ text: designText(design), edits: [], applied: [] });
});

test('applies what is suggested where that is asked for, and is done after one run', () => {
  const naive = readFileSync('examples/naive.loom.yaml', 'utf8');
  const { text, edits, applied } = applyFixes(reviewable(naive), {}, 'suggested');
  expect(applyEdits(naive, edits)).toBe(text);
  expect(applied.some(({ fix }) => fix?.safe)).toBe(true);
  expect(applied.some(({ fix }) => !fix?.safe)).toBe(true);
  expect(review(reviewable(text)).findings.filter(({ fix }) => fix)).toEqual([]);
  expect(applyFixes(reviewable(text), {}, 'suggested')).toEqual({ text, edits: [], applied: [] });
});

test('leaves what a waiver accepts', () => {
  const design = `
consumers: { work: { ack: before, sideEffects: [] } }
waivers: { early: { rule: idempotency/ack-after-processing, reason: load test } }
`;
  expect(fixed(design).applied).toEqual([]);
});

test('creates an exchange that two queues need once, with a binding for each', () => {
  const { text, applied } = fixed(`
queues:
  jobs: { broker: mq, deadLetter: { exchange: dead } }
  mails: { broker: mq, deadLetter: { exchange: dead } }
`);
  expect(applied).toHaveLength(2);
  expect(text.match(/^ {2}dead:/gm)).toHaveLength(1);
  const { exchanges, bindings } = reviewable(text).design;
  expect([...exchanges.keys()]).toEqual(['dead']);
  expect([...bindings.values()].map(({ destination }) => destination)).toEqual(['jobs.dlq', 'mails.dlq']);
});

test('carries out what it can where an anchor is shared, since a fix there would change two elements', () => {
  const { text, applied } = fixed(`
queues:
  jobs: { broker: mq, deliveryLimit: -1, retry: &patient { maxAttempts: -1 } }
  mails: { broker: mq, retry: *patient }
`);
  expect(applied.map(({ ruleId, element }) => `${ruleId} ${element}`)).toEqual([
    'rabbitmq/delivery-limit queues/jobs',
  ]);
  expect(text).not.toContain('deliveryLimit: -1');
  expect(text).toContain('&patient { maxAttempts: -1 }');
  expect(text).toContain('*patient');
});
