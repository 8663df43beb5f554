import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePages } from './lib/reference.ts';
import { root } from './lib/steps.ts';

/** Writes the pages of `docs/reference`; a test fails while they are not current. */
const folder = join(root, 'docs', 'reference');
mkdirSync(folder, { recursive: true });
for (const [name, text] of referencePages()) writeFileSync(join(folder, name), text);
