import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { brokerLabels } from '../../../core/kinds/brokers.ts';
import { catalogue, docsPage } from '../../../core/review/catalogue.ts';
import { explain } from '../../../core/review/explain.ts';
import { review } from '../../../core/review/review.ts';
import { type RuleId, rules } from '../../../core/rules/registry.ts';
import { reviewable } from './tester.ts';

const FIXES = {
  auto: 'applied by `--fix`',
  suggest: 'suggested, with a preview',
  none: 'none; a person must decide',
} as const;

/** What a bad example reports besides: the finding of an expired waiver counts again. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  'waiver/expired': ['idempotency/ack-after-processing'],
};

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

test('the index lists every rule once, with severity and fix, and nothing else', () => {
  const index = readFileSync(new URL('../../../docs/rules/README.md', import.meta.url), 'utf8');
  const fixes = { auto: '`--fix`', suggest: 'suggested', none: 'none' } as const;
  const rows = Object.values(catalogue).map(
    ({ id, meta }) => `| [${id}](${id}.md) | ${meta.title} | ${meta.severity} | ${fixes[meta.fix]} |`,
  );
  expect(index.split('\n').filter((line) => line.startsWith('| ['))).toEqual(rows.sort());
});

describe.each(Object.values(catalogue))('page of $id', ({ id, meta }) => {
  const page = readFileSync(new URL(`../../../${docsPage(id)}`, import.meta.url), 'utf8');
  const examples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => match[1] ?? '');

  test('says what the rule itself says', () => {
    const brokers =
      meta.brokers === 'all' ? 'all brokers' : meta.brokers.map((kind) => brokerLabels[kind]).join(', ');
    expect(page.startsWith(`# ${id}\n\n${meta.title}.\n`)).toBe(true);
    expect(page).toContain(`Severity **${meta.severity}** · ${brokers} · fix: ${FIXES[meta.fix]}\n`);
    expect(page).toContain(`\n## What it looks at\n\n${meta.docs.what}\n`);
    expect(page).toContain(`\n## Which outage it prevents\n\n${meta.docs.why}\n`);
    for (const source of meta.sources) expect(page).toContain(`- <${source}>\n`);
  });

  test('has a bad example that reports this rule alone', () => {
    expect(found(examples[0] ?? '').sort()).toEqual([id, ...(ALSO[id] ?? [])].sort());
  });

  test('has good examples without any finding', () => {
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples.slice(1)) expect(found(example)).toEqual([]);
  });

  test('is explained in the terminal with the same words', () => {
    const text = explain(id) ?? '';
    for (const part of [meta.title, meta.docs.what, meta.docs.why, ...meta.sources])
      expect(text).toContain(part);
  });
});
