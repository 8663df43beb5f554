import { Session } from '../../core/history/session.ts';
import { sections } from '../../core/kinds/registry.ts';
import { review } from '../../core/review/review.ts';
import { load } from '../../core/text/load.ts';
import { designOf } from './designs.ts';

/** What is measured: reading a file, one change of one attribute in the open document, a full review. */
export const tasks = ['open', 'edit', 'lint'] as const;
type Task = (typeof tasks)[number];

export interface Measured {
  readonly elements: number;
  /** Parts of the text that one edit had parsed again. */
  readonly parsed: number;
  /** Median of the runs in ms of processor time, which other programs on the machine disturb less than the clock. */
  readonly median: Readonly<Record<Task, number>>;
}

/** Measures a design of about `size` elements, each task `runs` times after some to warm up. */
export function measure(size: number, runs: number): Measured {
  const text = designOf(size);
  const { design, source, problems } = load(text);
  if (!design || !source) throw new Error(`The generated design is not valid: ${problems[0]?.message}`);
  const session = new Session(text);
  let parsed = 0;
  let value = 1;
  const edit = (): void => {
    const before = session.loaded.source?.cache.parses ?? 0;
    const done = session.run('element.set', {
      address: 'queues/queue-5',
      field: ['maxLength'],
      value: ++value,
    });
    if (!done.ok) throw new Error(done.error.message);
    parsed = (session.loaded.source?.cache.parses ?? 0) - before;
  };
  const median = {
    open: medianOf(runs, () => load(text)),
    edit: medianOf(runs, edit),
    lint: medianOf(runs, () => review({ design, source })),
  };
  const elements = sections.reduce((sum, section) => sum + design[section].size, 0);
  return { elements, parsed, median };
}

/** Runs before the measured ones, so that small designs are not measured on code that is not compiled yet. */
const WARM_UP = 2;

function medianOf(runs: number, task: () => unknown): number {
  const times = Array.from({ length: runs + WARM_UP }, () => {
    const start = process.cpuUsage();
    task();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return times.slice(WARM_UP).sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}
