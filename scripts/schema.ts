import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedSchema } from '../cli/schema.ts';
import { root } from './lib/steps.ts';

/** Writes the JSON Schema of design files to `schema/`; a test fails while it is not current. */
writeFileSync(join(root, 'schema', 'brokerloom.schema.json'), publishedSchema());
