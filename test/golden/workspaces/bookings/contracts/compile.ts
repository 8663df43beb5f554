import type { Validator } from '@bookings/messaging';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const ajv = new Ajv2020({ strict: false });
addFormats(ajv);

/** Compiles a schema once, when the service starts. */
export const compile = (schema: object): Validator => ajv.compile(schema);
