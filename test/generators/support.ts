import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Design } from '../../core/design/design.ts';
import type { Problem } from '../../core/result.ts';
import { load } from '../../core/text/load.ts';
import { generate, type OutputTree } from '../../generators/index.ts';

export const exampleText = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../examples/${name}.loom.yaml`, import.meta.url)), 'utf8');

/** The design of a text that must be valid. */
export function designOf(text: string): Design {
  const { design, problems } = load(text);
  if (!design) throw new Error(`Not a design: ${JSON.stringify(problems)}`);
  return design;
}

/** The workspace of a text that must be generable. */
export function generated(text: string): OutputTree {
  const result = generate(designOf(text));
  if (!result.ok) throw new Error(`Not generated: ${JSON.stringify(result.error)}`);
  return result.value;
}

/** The problems of a text that must not be generable. */
export function problemsOf(text: string): readonly Problem[] {
  const result = generate(designOf(text));
  return result.ok ? [] : result.error;
}

/** The text of one generated file. */
export function fileOf(tree: OutputTree, path: string): string {
  const file = tree.get(path);
  if (!file) throw new Error(`No file ${path}; there are ${[...tree.keys()].join(', ')}`);
  return file.content;
}
