import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { AnyRule, RuleMeta } from '../../../core/review/rule.ts';
import { rules } from '../../../core/rules/registry.ts';

/** A rule that there must be, and where its facts are others than were asked for, which and why. */
interface Entry extends Pick<RuleMeta, 'severity' | 'fix'> {
  readonly id: string;
  readonly instead?: Partial<Pick<RuleMeta, 'severity' | 'fix'>>;
  readonly because?: string;
}

const catalogue: readonly Entry[] = JSON.parse(
  readFileSync(new URL('catalogue.json', import.meta.url), 'utf8'),
);
const known: Readonly<Record<string, AnyRule>> = rules;

test('names every rule once', () => {
  const ids = catalogue.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(87);
});

test.each(catalogue)('$id is there, with its severity and kind of fix', ({ id, severity, fix, instead }) => {
  const { meta } = known[id] ?? {};
  expect(meta).toMatchObject({ severity, fix, ...instead });
});

test.each(Object.entries(known))('%s has the options of its schema where nobody sets any', (_, rule) => {
  expect(rule.standard ?? {}).toEqual(rule.options().parse({}));
});

test('says why where a rule is other than it was asked for', () => {
  for (const { severity, fix, instead, because = '' } of catalogue.filter((entry) => entry.instead)) {
    expect(because).toMatch(/^[A-Z].{20,}\.$/);
    expect({ severity, fix }).not.toMatchObject(instead ?? {});
  }
});
