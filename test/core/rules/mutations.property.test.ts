import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Reviewable, review } from '../../../core/review/review.ts';
import { rules } from '../../../core/rules/registry.ts';
import { type Break, breaks } from './mutations/breaks.ts';
import { explained } from './mutations/explained.ts';
import { mutantsOf } from './mutations/mutants.ts';
import { reviewable } from './tester.ts';

const clean = (file: string): Reviewable =>
  reviewable(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'));

const designs: Readonly<Record<string, Reviewable>> = {
  clean: clean('test/core/rules/mutations/clean.loom.yaml'),
  orders: clean('examples/orders.loom.yaml'),
};

/** What the mutants of one rule have shown. */
interface Row {
  readonly rule: string;
  mutants: number;
  readonly missed: string[];
  /** Mutants on which each other rule reports, too. */
  readonly extra: Map<string, number>;
}

/** Other rules that report, by the attribute that was changed. */
const others = new Map<string, Set<string>>();

function rowOf(rule: string): Row {
  const row: Row = { rule, mutants: 0, missed: [], extra: new Map() };
  for (const [name, design] of Object.entries(designs)) {
    for (const change of breaks[rule] ?? []) {
      for (const mutant of mutantsOf(design, name, change)) {
        const found = new Set<string>(review(mutant.design).findings.map(({ ruleId }) => ruleId));
        row.mutants++;
        if (!found.delete(rule)) row.missed.push(mutant.name);
        for (const other of found) {
          row.extra.set(other, (row.extra.get(other) ?? 0) + 1);
          others.set(change.attribute, (others.get(change.attribute) ?? new Set()).add(other));
        }
      }
    }
  }
  return row;
}

const rows = Object.keys(rules).map(rowOf);

describe.each(Object.entries(designs))('%s', (_, design) => {
  test('has no findings and leaves nothing unknown, so that what a mutant reports is about its change', () => {
    const { findings, unknowns } = review(design);
    expect(findings.map(({ ruleId, element }) => `${ruleId} ${element}`)).toEqual([]);
    expect(unknowns).toEqual([]);
  });
});

test('every rule has mutants', () => {
  expect(rows.filter(({ mutants }) => mutants === 0).map(({ rule }) => rule)).toEqual([]);
});

test('every mutant is found by the rule that it breaks', () => {
  expect(rows.flatMap(({ rule, missed }) => missed.map((mutant) => `${rule} ${mutant}`))).toEqual([]);
});

describe('what other rules report on a mutant', () => {
  const unexplained = [...others].flatMap(([attribute, found]) =>
    [...found].filter((rule) => !judgesBy(rule, attribute)).map((rule) => `${attribute} ${rule}`),
  );

  test('is about the same attribute, or explained', () => {
    expect(unexplained.filter((pair) => !reasons().has(pair))).toEqual([]);
  });

  test('is not explained without need', () => {
    expect([...reasons().keys()].filter((pair) => !unexplained.includes(pair))).toEqual([]);
  });
});

test('the table of mutants is current', async () => {
  await expect(table()).toMatchFileSnapshot('../../golden/lint/mutations.md');
});

/** Whether a rule has a break for the attribute itself, for a part of it, or for what it is a part of. */
const judgesBy = (rule: string, attribute: string): boolean =>
  (breaks[rule] ?? []).some(
    ({ attribute: own }: Break) =>
      own === attribute || own.startsWith(`${attribute}.`) || attribute.startsWith(`${own}.`),
  );

/** Reasons by attribute and rule, of the rules that exist. */
function reasons(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(explained).flatMap(([attribute, byRule]) =>
      Object.entries(byRule).map(([rule, why]): [string, string] => [`${attribute} ${rule}`, why]),
    ),
  );
}

function table(): string {
  const lines = rows.map(({ rule, mutants, missed, extra }) => {
    const also = [...extra].sort().map(([other, count]) => `${other} ${count}`);
    return `| ${rule} | ${mutants} | ${mutants - missed.length} | ${also.join(', ')} |`;
  });
  const total = rows.reduce((sum, { mutants }) => sum + mutants, 0);
  const found = total - rows.reduce((sum, { missed }) => sum + missed.length, 0);
  const why = [...reasons()].sort().map(([pair, reason]) => `| ${pair.split(' ').join(' | ')} | ${reason} |`);
  return `# Mutants

Clean designs with one attribute changed, by the rule that the change breaks; how many of them the rule finds, and which
other rules report on how many of them.

| Rule | Mutants | Found | Other rules that report |
|---|---|---|---|
${lines.join('\n')}
| all | ${total} | ${found} | |

Another rule reports because it judges by the changed attribute itself, or for one of these reasons:

| Attribute | Rule | Reason |
|---|---|---|
${why.join('\n')}
`;
}
