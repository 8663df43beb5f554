import type { GenerateProblem } from '../../../core/contract/ipc.ts';
import { problemInText } from '../../../core/contract/problems.ts';
import { load } from '../../../core/text/load.ts';
import { generate, type OutputTree } from '../../../generators/index.ts';

/** What the worker answers to the text of a design: the files of its workspace by path, or what is wrong with it. */
export type Generated = { readonly files: OutputTree } | { readonly problems: readonly GenerateProblem[] };

function run(text: string): Generated {
  const { design, problems, source } = load(text);
  if (!design) return { problems: problems.map((problem) => problemInText(problem, source)) };
  const tree = generate(design);
  if (!tree.ok) return { problems: tree.error.map((problem) => problemInText(problem, source)) };
  return { files: tree.value };
}

self.onmessage = ({ data }: MessageEvent<string>) => self.postMessage(run(data));
