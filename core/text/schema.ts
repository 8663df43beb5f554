import { type Attributes, objectOf } from '../kinds/attribute.ts';
import { designAttributes } from '../kinds/design/index.ts';
import { type Form, form } from '../kinds/form.ts';
import { kinds, type Section, sections } from '../kinds/registry.ts';
import { z } from '../zod.ts';
import { isRecord } from './render.ts';

/** Ids become file, package and identifier names, so they are ASCII and bounded. */
export const ID = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9_-])?$/;

/** What is empty (`queues:` and nothing below) reads as an empty map, as people write it while they work. */
const orEmpty = <T extends z.ZodType>(schema: T) => z.preprocess((value) => value ?? {}, schema);

/** A loose object of the attributes: unknown keys are kept, and reported with the nearest known name. */
function element(attributes: Attributes): Form {
  const { schema, accepts } = objectOf(attributes);
  return form(() => orEmpty(schema()), accepts);
}

/** One entry of a section, or of `layout`. */
export const entryForms: Readonly<Record<Section | 'layout', Form>> = {
  ...(Object.fromEntries(sections.map((name) => [name, element(kinds[name].attributes)])) as Record<
    Section,
    Form
  >),
  layout: form(
    () =>
      z.union([
        z.tuple([z.number(), z.number()]),
        z.tuple([z.number(), z.number(), z.number().positive(), z.number().positive()]),
      ]),
    (value) =>
      Array.isArray(value) &&
      value.every(Number.isFinite) &&
      (value.length === 2 || (value.length === 4 && value[2] > 0 && value[3] > 0)),
  ),
};

const section = (name: Section | 'layout') =>
  orEmpty(z.record(z.string(), entryForms[name].schema())).optional();

const designForm = objectOf(designAttributes);

const makeDocument = () =>
  z.looseObject({
    brokerloom: z.int().describe('Version of the file format.'),
    design: designForm.schema(),
    ...Object.fromEntries(sections.map((name) => [name, section(name).describe(kinds[name].doc)])),
    layout: section('layout').describe(
      'Positions on the canvas by element address, in px: left and top, of a note also width and height; generated output never depends on them.',
    ),
  });
export type DocumentValue = z.output<ReturnType<typeof makeDocument>>;

/** A whole design file. Accepted at once where its sections are empty, since their entries are checked one by one. */
export const documentForm = form<DocumentValue>(makeDocument, (value) => {
  if (!isRecord(value)) return false;
  const isEmpty = (name: string): boolean => (value[name] ?? null) === null;
  return (
    Number.isSafeInteger(value['brokerloom']) &&
    designForm.accepts(value['design']) &&
    isEmpty('layout') &&
    sections.every(isEmpty)
  );
});

/**
 * JSON Schema of a design file.
 * @param target `draft-7` for editors, `draft-2020-12` for publication.
 */
export const jsonSchema = (target: 'draft-7' | 'draft-2020-12'): Record<string, unknown> =>
  z.toJSONSchema(documentForm.schema(), { target, io: 'input', unrepresentable: 'any' });
