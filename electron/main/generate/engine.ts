import { relative } from 'node:path';
import type { GenerateChange, GenerateProblem, Out } from '../../../core/contract/ipc.ts';
import { problemInText } from '../../../core/contract/problems.ts';
import { load } from '../../../core/text/load.ts';
import { applyWrite, type FileChange, type FileProblem, planWrite } from '../../../disk/index.ts';
import { generate, type OutputTree } from '../../../generators/index.ts';

type OutputFile = OutputTree extends ReadonlyMap<string, infer F> ? F : never;

/** One run of the generator, for a preview or for good. */
export interface GenerateJob {
  readonly text: string;
  /** Path of the design file; null for a design never saved. */
  readonly design: string | null;
  /** Folder to generate into; null for an empty one that there is not yet. */
  readonly folder: string | null;
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

  const { folder } = job;
  if (folder === null)
    return { status: 'done', changes: [...tree.value].map(([path, file]) => added(path, file)) };
  const options = { generator: job.generator, ...(job.design === null ? {} : { design: job.design }) };
  const plan = await planWrite(folder, tree.value, options);
  if (!plan.ok) return refuse(plan.error.map((problem) => onDisk(problem, folder)));
  if (job.write) {
    const written = await applyWrite(plan.value);
    if (!written.ok) return refuse(written.error.map((problem) => onDisk(problem, folder)));
  }
  return {
    status: 'done',
    changes: plan.value.changes.map((change) => described(change, tree.value.get(change.path))),
  };
}

const refuse = (problems: GenerateProblem[]): Out<'generate.write'> => ({ status: 'problems', problems });

/** A problem of the folder, with the file named as the user sees it there. */
function onDisk({ code, message, hint, file }: FileProblem, folder: string): GenerateProblem {
  const name = relative(folder, file);
  return { code, message: name === '' ? message : `${name}: ${message}`, ...(hint && { hint }) };
}

const added = (path: string, { content, ownership }: OutputFile): GenerateChange => ({
  path,
  status: 'new',
  ownership,
  before: null,
  after: content,
});

function described(change: FileChange, fresh: OutputFile | undefined): GenerateChange {
  const { path, status, ownership, before = null, after = null, reason } = change;
  const isEdited =
    ownership === 'generated' &&
    (status === 'unchanged' || status === 'merged' || status === 'conflict') &&
    before !== null &&
    before.replaceAll('\r\n', '\n') !== fresh?.content;
  return {
    path,
    status,
    ownership,
    before,
    after,
    ...(isEdited && fresh && { pristine: fresh.content }),
    ...(reason && { reason }),
  };
}
