import { type Attributes, objectSchema } from '../kinds/attribute.ts';
import { designAttributes } from '../kinds/design/index.ts';
import { kinds, type Section, sections } from '../kinds/registry.ts';
import { z } from '../zod.ts';

/** A loose object of the attributes: unknown keys are kept, and reported with the nearest known name. */
export const elementSchema = (attributes: Attributes): z.ZodType<Record<string, unknown>> =>
  objectSchema(attributes);

/** Ids become file, package and identifier names, so they are ASCII and bounded. */
export const ID = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9_-])?$/;

/** What is empty (`queues:` and nothing below) reads as an empty map, as people write it while they work. */
const orEmpty = <T extends z.ZodType>(schema: T) => z.preprocess((value) => value ?? {}, schema);

/** Schema of one entry of a section, or of `layout`. */
export const entrySchemas: Readonly<Record<Section | 'layout', z.ZodType>> = {
  ...(Object.fromEntries(
    sections.map((name) => [name, orEmpty(elementSchema(kinds[name].attributes))]),
  ) as unknown as Record<Section, z.ZodType>),
  layout: z.tuple([z.number(), z.number()]),
};

const section = (name: Section | 'layout') => orEmpty(z.record(z.string(), entrySchemas[name])).optional();

/** Schema of a whole design file. */
export const documentSchema = z.looseObject({
  brokerloom: z.int().describe('Version of the file format.'),
  design: elementSchema(designAttributes),
  ...Object.fromEntries(sections.map((name) => [name, section(name).describe(kinds[name].doc)])),
  layout: section('layout').describe(
    'Positions on the canvas by element address, in px; generated output never depends on them.',
  ),
});
export type DocumentValue = z.output<typeof documentSchema>;

/**
 * JSON Schema of a design file.
 * @param target `draft-7` for editors, `draft-2020-12` for publication.
 */
export const jsonSchema = (target: 'draft-7' | 'draft-2020-12'): Record<string, unknown> =>
  z.toJSONSchema(documentSchema, { target, io: 'input', unrepresentable: 'any' });
