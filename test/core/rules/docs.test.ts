import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue, docsPage } from '../../../core/review/catalogue.ts';
import { explain } from '../../../core/review/explain.ts';
import { review } from '../../../core/review/review.ts';
import { type RuleId, rules } from '../../../core/rules/registry.ts';
import { reviewable } from './tester.ts';

/** Rules that a design in a page reports. */
const found = (design: string): string[] => [
  ...new Set(review(reviewable(design)).findings.map(({ ruleId }) => ruleId)),
];

test.each(Object.keys(rules))('%s has a test of its own', (id) => {
  expect(existsSync(new URL(`${id}.test.ts`, import.meta.url))).toBe(true);
});

test.each(Object.entries(rules))('%s is registered under its id', (id, rule) => {
  expect(rule.id).toBe(id as RuleId);
});

describe.each(Object.values(catalogue))('page of $id', ({ id, meta }) => {
  const page = readFileSync(new URL(`../../../${docsPage(id)}`, import.meta.url), 'utf8');
  const examples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => match[1] ?? '');

  test('has a bad example that reports this rule', () => {
    expect(found(examples[0] ?? '')).toContain(id);
  });

  test('has good examples that are read without a notice and do not report this rule', () => {
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples.slice(1))
      expect(found(example).filter((rule) => rule === id || rule.startsWith('document/'))).toEqual([]);
  });

  test('is explained in the terminal with the same words', () => {
    const text = explain(id) ?? '';
    for (const part of [meta.title, meta.docs.what, meta.docs.why, ...meta.sources])
      expect(text).toContain(part);
  });
});
