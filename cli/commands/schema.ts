import { type Exit, exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { publishedSchema } from '../schema.ts';

/** Prints the JSON Schema of design files. */
export function run(io: Io): Exit {
  io.result(publishedSchema());
  return exit.ok;
}
