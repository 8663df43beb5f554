import { checklistOf } from '../../core/review/checklist/checklist.ts';
import { type ChecklistFormat, checklistFormats } from '../../core/review/checklist/formats/index.ts';
import { review } from '../../core/review/review.ts';
import { type Exit, exit } from '../exit.ts';
import { type Io, visibleIn } from '../io.ts';
import { openDesign } from '../open.ts';
import { Settings } from '../review/settings.ts';

interface Options {
  readonly format: ChecklistFormat;
  readonly config?: string;
}

/** Answers the questions of a design review, each with what its answer follows from. */
export async function run(io: Io, file: string, { format, config }: Options): Promise<Exit> {
  const opened = await openDesign(file);
  if (!opened.ok) return io.fail(opened.error);
  const options = await new Settings(config).optionsFor(file);
  if (!options.ok) return io.fail(options.error);
  const checklist = checklistOf(opened.value, review(opened.value, options.value), options.value);
  const answered = { file: file.replaceAll('\\', '/'), checklist };
  const chosen = io.json ? 'json' : format;
  io.result(
    checklistFormats[chosen](chosen === 'human' ? visibleIn(answered) : answered, { style: io.style }),
  );
  return checklist.counts.fail > 0 ? exit.findings : exit.ok;
}
