import type { Design } from '../core/design/design.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { type Loaded, load } from '../core/text/load.ts';
import type { SourceMap } from '../core/text/source.ts';
import { readDesign } from '../disk/index.ts';
import type { Located } from './io.ts';

/** A valid design that was read from a file. */
export interface OpenDesign extends Loaded {
  readonly design: Design;
  readonly source: SourceMap;
}

/** Reads a design file; everything that keeps it from being one is a problem with its place. */
export async function openDesign(file: string): Promise<Result<OpenDesign, readonly Located[]>> {
  const text = await readDesign(file);
  return text.ok ? parseDesign(file, text.value) : fail([text.error]);
}

/** The design in a text that came from `file`. */
export function parseDesign(file: string, text: string): Result<OpenDesign, readonly Located[]> {
  const loaded = load(text);
  const { design, source } = loaded;
  if (design && source) return ok({ ...loaded, design, source });
  return fail(loaded.problems.map((problem) => ({ ...problem, file })));
}
