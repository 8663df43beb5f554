import { jsonSchema } from '../core/text/schema.ts';

/** Text of `schema/brokerloom.schema.json`, which editors and other programs validate design files with. */
export const publishedSchema = (): string =>
  `${JSON.stringify({ title: 'Brokerloom design', ...jsonSchema('draft-2020-12') }, undefined, 2)}\n`;
