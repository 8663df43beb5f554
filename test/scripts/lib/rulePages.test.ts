import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue, docsPage } from '../../../core/review/catalogue.ts';
import { examplesOf, rulePage } from '../../../scripts/lib/rulePages.ts';

const read = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');

test.each(Object.values(catalogue))('the page of $id says what the rule itself says', (entry) => {
  const page = read(docsPage(entry.id));
  expect(page).toBe(rulePage(entry, examplesOf(page)));
});

describe('examples', () => {
  test('end where the options begin', () => {
    expect(examplesOf('# a\n\n## Bad\n\nx\n\n## Good\n\ny\n\n## Options\n\nz\n')).toBe(
      '## Bad\n\nx\n\n## Good\n\ny\n\n',
    );
  });

  test('go to the end of a page without sources', () => {
    expect(examplesOf('# a\n\n## Bad\n\nx\n')).toBe('## Bad\n\nx\n');
  });
});
