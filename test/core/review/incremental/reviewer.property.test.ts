import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { Reviewer } from '../../../../core/review/incremental/reviewer.ts';
import type { Report } from '../../../../core/review/report.ts';
import { type Reviewable, review } from '../../../../core/review/review.ts';
import { PartCache } from '../../../../core/text/cache.ts';
import { load } from '../../../../core/text/load.ts';
import { mistakenDesigns, textOf } from '../mistaken.ts';

type Sections = Record<string, Record<string, unknown>>;

/** One edit: an element of another design is put in or taken out, or the order of a section changes. */
interface Edit {
  readonly donor: unknown;
  readonly pick: number;
  readonly how: 'set' | 'remove' | 'reverse';
}
const edit = (donor: fc.Arbitrary<unknown>): fc.Arbitrary<Edit> =>
  fc.record({
    donor,
    pick: fc.nat(),
    how: fc.constantFrom(
      'set' as const,
      'set' as const,
      'set' as const,
      'remove' as const,
      'reverse' as const,
    ),
  });

function edited(sections: Sections, { donor, pick, how }: Edit): Sections {
  const elements = Object.entries(donor as Sections).flatMap(([section, entries]) =>
    Object.entries(entries ?? {}).map(([id, value]) => ({ section, id, value })),
  );
  const chosen = elements[pick % Math.max(1, elements.length)];
  if (!chosen) return sections;
  const { [chosen.id]: before, ...others } = sections[chosen.section] ?? {};
  const entries =
    how === 'set'
      ? { ...sections[chosen.section], [chosen.id]: chosen.value }
      : how === 'remove'
        ? others
        : Object.fromEntries(Object.entries(sections[chosen.section] ?? {}).reverse());
  return { ...sections, [chosen.section]: entries };
}

/** All of a report as plain data, what its fixes do included. */
const plain = (report: Report): string =>
  JSON.stringify(report, (key, value) => (key === 'patches' ? value() : value));

/** Versions that were designs, and those that were not. */
const seen = { designs: 0, others: 0 };

/** Reviews every version edit by edit, and each in full; the reports must be the same. */
function expectSame(versions: Iterable<string>): void {
  const reviewer = new Reviewer();
  const cache = new PartCache();
  for (const text of versions) {
    const { design, source, problems } = load(text, cache);
    if (!design || !source) {
      // Elements of two designs may not go together; then there is nothing to review.
      expect(problems.length).toBeGreaterThan(0);
      seen.others++;
      continue;
    }
    seen.designs++;
    const subject: Reviewable = { design, source };
    expect(plain(reviewer.review(subject))).toBe(plain(review(subject)));
  }
}

function* versionsOf(first: Sections, edits: readonly Edit[], write: (sections: Sections) => string) {
  let sections = first;
  yield write(sections);
  for (const next of edits) {
    sections = edited(sections, next);
    yield write(sections);
  }
}

test('what is reviewed edit by edit is what a full review finds, whatever the edits', () => {
  fc.assert(
    fc.property(
      mistakenDesigns,
      fc.array(edit(mistakenDesigns), { minLength: 1, maxLength: 8 }),
      fc.constantFrom<'block' | 'flow'>('block', 'flow'),
      (first, edits, style) =>
        expectSame(versionsOf(first as Sections, edits, (sections) => textOf(sections, style))),
    ),
    { numRuns: 150 },
  );
}, 120_000);

/** The examples on the pages of all rules: between them they use what the rules look at. */
const examples = Object.values(
  import.meta.glob<string>('../../../../docs/rules/*/*.md', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
).flatMap((page) =>
  [...page.matchAll(/^```yaml\n(brokerloom:[\s\S]*?)^```$/gm)].map(([, text]) => parse(text ?? '')),
);

test('the same holds for elements of all rule pages, put together in any order', () => {
  expect(examples.length).toBeGreaterThan(100);
  const page = fc.constantFrom(...examples).map(({ brokerloom: _, design: __, ...sections }) => sections);
  const write = (environment: string) => (sections: Sections) =>
    stringify({ brokerloom: 1, design: { name: 'any', environment }, ...sections }, { lineWidth: 0 });
  fc.assert(
    fc.property(
      page,
      fc.array(edit(page), { minLength: 1, maxLength: 12 }),
      fc.constantFrom('prod', 'local'),
      (first, edits, environment) => expectSame(versionsOf(first, edits, write(environment))),
    ),
    { numRuns: 150 },
  );
  expect(seen.designs).toBeGreaterThan(3 * seen.others);
}, 240_000);
