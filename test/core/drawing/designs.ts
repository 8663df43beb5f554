import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Graph } from '../../../core/design/graph.ts';
import { load } from '../../../core/text/load.ts';

const path = (name: string) => fileURLToPath(new URL(`../../../examples/${name}.loom.yaml`, import.meta.url));

export const exampleText = (name: string): string => readFileSync(path(name), 'utf8');

/** Graph of a text that must be a design. */
export function graphOf(text: string): Graph {
  const { design, problems } = load(text);
  if (!design) throw new Error(JSON.stringify(problems));
  return Graph.of(design);
}

export const exampleGraph = (name: string): Graph => graphOf(exampleText(name));
