import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { catalogue, docsPage } from '../core/review/catalogue.ts';
import { referencePages } from './lib/reference.ts';
import { ruleIndex } from './lib/ruleIndex.ts';
import { examplesOf, rulePage } from './lib/rulePages.ts';
import { root } from './lib/steps.ts';

/**
 * Writes the pages of `docs/reference`, and what the pages of `docs/rules` say besides their examples; a test fails
 * while they are not current.
 */
const folder = join(root, 'docs', 'reference');
mkdirSync(folder, { recursive: true });
for (const [name, text] of referencePages()) writeFileSync(join(folder, name), text);

for (const entry of Object.values(catalogue)) {
  const file = join(root, docsPage(entry.id));
  mkdirSync(dirname(file), { recursive: true });
  const examples = existsSync(file) ? examplesOf(readFileSync(file, 'utf8')) : '## Bad\n\n## Good';
  writeFileSync(file, rulePage(entry, examples));
}
writeFileSync(join(root, 'docs', 'rules', 'README.md'), ruleIndex());
