import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Reviewer } from '../../../../core/review/incremental/reviewer.ts';
import type { Report } from '../../../../core/review/report.ts';
import { type Reviewable, review } from '../../../../core/review/review.ts';
import { PartCache } from '../../../../core/text/cache.ts';
import { load } from '../../../../core/text/load.ts';
import { mistakenDesigns, textOf } from '../mistaken.ts';

type Sections = Record<string, Record<string, unknown>>;

/** One edit: an element of another design is put in or taken out, or the order of a section changes. */
const edit = fc.record({
  donor: mistakenDesigns,
  pick: fc.nat(),
  how: fc.constantFrom('set', 'set', 'set', 'remove', 'reverse'),
});
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

function edited(sections: Sections, { donor, pick, how }: Edit): Sections {
  const elements = Object.entries(donor as Sections).flatMap(([section, entries]) =>
    Object.entries(entries).map(([id, value]) => ({ section, id, value })),
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

test('what is reviewed edit by edit is what a full review finds, whatever the edits', () => {
  fc.assert(
    fc.property(
      mistakenDesigns,
      fc.array(edit, { minLength: 1, maxLength: 8 }),
      fc.constantFrom<'block' | 'flow'>('block', 'flow'),
      (first, edits, style) => {
        const reviewer = new Reviewer();
        const cache = new PartCache();
        let sections = first as Sections;
        const step = (): void => {
          const { design, source, problems } = load(textOf(sections, style), cache);
          if (!design || !source) throw new Error(`not a design: ${JSON.stringify(problems)}`);
          const subject: Reviewable = { design, source };
          expect(plain(reviewer.review(subject))).toBe(plain(review(subject)));
        };
        step();
        for (const next of edits) {
          sections = edited(sections, next);
          step();
        }
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);
