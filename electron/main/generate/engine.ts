import { relative } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { GenerateChange, GenerateProblem, Out } from '../../../core/contract/ipc.ts';
import { problemInText } from '../../../core/contract/problems.ts';
import { load } from '../../../core/text/load.ts';
import { applyWrite, type FileChange, type FileProblem, planWrite } from '../../../disk/index.ts';
import { generate } from '../../../generators/index.ts';

/** One run of the generator, for a preview or for good. */
export interface GenerateJob {
  readonly text: string;
  /** Path of the design file; null for a design never saved. */
  readonly design: string | null;
  /** Folder to generate into. */
  readonly folder: string;
  /** Version of the app, for the manifest. */
  readonly generator: string;
  /** False: report what would change and write nothing. */
  readonly write: boolean;
}

/** Generates the workspace of a design's text into a folder, exactly as the command line does. */
export async function runGenerate(job: GenerateJob): Promise<Out<'generate.write'>> {
  const { design, problems, source } = load(job.text);
  if (!design) return refuse(problems.map((problem) => problemInText(problem, source)));
  const tree = generate(design);
  if (!tree.ok) return refuse(tree.error.map((problem) => problemInText(problem, source)));

  const options = { generator: job.generator, ...(job.design === null ? {} : { design: job.design }) };
  const plan = await planWrite(job.folder, tree.value, options);
  if (!plan.ok) return refuse(plan.error.map((problem) => onDisk(problem, job.folder)));
  if (job.write) {
    const written = await applyWrite(plan.value);
    if (!written.ok) return refuse(written.error.map((problem) => onDisk(problem, job.folder)));
  }
  return { status: 'done', changes: plan.value.changes.map(described) };
}

const refuse = (problems: GenerateProblem[]): Out<'generate.write'> => ({ status: 'problems', problems });

/** A problem of the folder, with the file named as the user sees it there. */
function onDisk({ code, message, hint, file }: FileProblem, folder: string): GenerateProblem {
  const name = relative(folder, file);
  return { code, message: name === '' ? message : `${name}: ${message}`, ...(hint && { hint }) };
}

function described({ path, status, before, after, reason }: FileChange): GenerateChange {
  const changes = status !== 'unchanged' && status !== 'kept' && before !== after;
  const target = status === 'conflict' ? `${path}.new` : path;
  return {
    path,
    status,
    diff: changes ? createTwoFilesPatch(path, target, before ?? '', after ?? '', '', '', { context: 3 }) : '',
    ...(reason && { reason }),
  };
}
