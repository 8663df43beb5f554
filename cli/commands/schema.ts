import { publishedSchema } from '../schema.ts';
import { exit, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';

/** Prints the JSON Schema of design files. */
export function run(io: Io): Exit {
  io.result(publishedSchema());
  return exit.ok;
}
