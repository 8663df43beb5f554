import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import type { Schema } from '../../core/messages/schema.ts';

/** What a text in JSON is: a JSON Schema, or a list of examples that are to fit one. */
export type JsonRole = 'schema' | 'examples';

// Ours go to 2020-12, of which draft 7 is what the editor knows in whole; the keywords that people write are the same.
const metaSchema = { $ref: 'http://json-schema.org/draft-07/schema#' };

/** Lets the editor complete and check what is typed. The verdict on examples is that of the panel, not the editor's. */
export function describeJson(schemaOfExamples: Schema = true): void {
  jsonDefaults.setDiagnosticsOptions({
    validate: true,
    allowComments: false,
    enableSchemaRequest: false,
    schemas: [
      { uri: 'inmemory://brokerloom/schema.json', fileMatch: ['contract://schema/*'], schema: metaSchema },
      {
        uri: 'inmemory://brokerloom/examples.json',
        fileMatch: ['contract://examples/*'],
        schema: { type: 'array', items: schemaOfExamples },
      },
    ],
  });
}

describeJson();
