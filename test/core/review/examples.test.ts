import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applyFixes } from '../../../core/review/fix.ts';
import { review } from '../../../core/review/review.ts';
import { reviewable } from '../rules/tester.ts';

const root = new URL('../../../', import.meta.url);
const example = (name: string) =>
  reviewable(readFileSync(new URL(`examples/${name}.loom.yaml`, root), 'utf8'));

describe.each(['orders', 'event-log', 'parcels', 'bookings', 'clickstream', 'fulfilment'])('%s', (name) => {
  test('has no findings of any severity and leaves nothing unknown', () => {
    const { findings, unknowns } = review(example(name));
    expect(findings.map(({ ruleId, element }) => `${ruleId} ${element}`)).toEqual([]);
    expect(unknowns).toEqual([]);
  });

  test('is left as it is by the fixes', () => {
    const subject = example(name);
    expect(applyFixes(subject)).toEqual({ text: subject.source.text, edits: [], applied: [] });
  });
});

describe('naive', () => {
  const subject = example('naive');
  const lines = subject.source.text.split('\n');

  test('reports exactly what its list says', async () => {
    const found = review(subject).findings.map(({ ruleId, element }) => `${ruleId} ${element}\n`);
    await expect(found.join('')).toMatchFileSnapshot('../../golden/lint/naive.txt');
  });

  test('loses its safe findings and no others to the fixes', () => {
    const before = review(subject);
    const { text, applied } = applyFixes(subject);
    const after = review(reviewable(text));
    const name = ({ ruleId, element, field = '' }: (typeof before.findings)[number]) =>
      `${ruleId} ${element} ${field}`;
    const left = before.findings.filter(({ fix }) => !fix?.safe).map(name);
    expect(after.findings.map(name).filter((finding) => !left.includes(finding))).toEqual([]);
    expect(left.filter((finding) => !after.findings.map(name).includes(finding))).toEqual([]);
    // The dead-letter queue that one fix makes is watched by an alert that another adds.
    const later = applied.filter((finding) => !before.findings.map(name).includes(name(finding)));
    expect(later.map(name)).toEqual(['monitoring/dlq-alert queues/shipping.dlq ']);
    expect(applied).toHaveLength(before.counts.fixable + later.length);
  });

  test('keeps every line that no fix is about, comments included, and a second run changes nothing', () => {
    const { text } = applyFixes(subject);
    const kept = new Set(text.split('\n'));
    expect(lines.filter((line) => !kept.has(line))).toEqual([
      '    deadLetter: { exchange: dead-letters } # the exchange nobody declared',
      '    deliveryLimit: -1',
      '  email: { broker: work, deadLetter: true, retry: { maxAttempts: -1 } }',
      '    mandatory: false',
      '    ack: before',
      '    idempotency: { strategy: key-store, claim: before }',
    ]);
    for (const comment of subject.source.text.match(/#.*$/gm) ?? []) expect(text).toContain(comment);
    expect(applyFixes(reviewable(text))).toEqual({ text, edits: [], applied: [] });
  });
});
