import type { ElementAddress } from '../../core/design/design.ts';
import { Session } from '../../core/history/session.ts';
import { sections } from '../../core/kinds/registry.ts';
import { Reviewer } from '../../core/review/incremental/reviewer.ts';
import { review } from '../../core/review/review.ts';
import { load } from '../../core/text/load.ts';
import { designOf } from './designs.ts';

/** What is measured: reading a file, one change of one attribute in the open document, a full review, one after a change. */
export const tasks = ['open', 'edit', 'lint', 'review an edit'] as const;
type Task = (typeof tasks)[number];

export interface Measured {
  readonly elements: number;
  /** Parts of the text that one edit had parsed again. */
  readonly parsed: number;
  /** Judgements of rules that one edit had passed again, at most, and those of a full review. */
  readonly judged: { readonly again: number; readonly all: number };
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
  const reviewer = new Reviewer();
  const reviewed = (): number => {
    const before = reviewer.evaluations;
    const { design, source, notices } = session.loaded;
    const { graph } = session;
    if (design && source && graph) reviewer.review({ design, source, notices, graph });
    return reviewer.evaluations - before;
  };
  const all = reviewed();
  const again = Math.max(
    ...edits.map((change) => {
      change(session);
      return reviewed();
    }),
  );
  const median = {
    open: medianOf(runs, () => load(text)),
    edit: medianOf(runs, edit),
    lint: medianOf(runs, () => review({ design, source })),
    'review an edit': medianOf(runs, reviewed, edit),
  };
  const elements = sections.reduce((sum, section) => sum + design[section].size, 0);
  return { elements, parsed, judged: { again, all }, median };
}

const set =
  (address: ElementAddress, field: string, value: unknown) =>
  (session: Session): void => {
    const done = session.run('element.set', { address, field: [field], value });
    if (!done.ok) throw new Error(done.error.message);
  };

/** Edits of every kind of element of the generated design, after each of which the judgements are counted. */
const edits = [
  set('queues/queue-5', 'maxLength', 400_000),
  set('queues/queue-6', 'deadLetter', false),
  set('consumers/consumer-5', 'concurrency', 4),
  set('consumers/consumer-6', 'channel', 'queue-7'),
  set('producers/producer-5', 'mandatory', false),
  set('bindings/binding-5', 'routingKey', 'key.#'),
  set('exchanges/exchange-0', 'type', 'fanout'),
  set('messages/message-0', 'version', 2),
  set('services/service-0', 'replicas', { min: 2, max: 4 }),
] as const;

/** Runs before the measured ones, so that small designs are not measured on code that is not compiled yet. */
const WARM_UP = 2;

function medianOf(runs: number, task: () => unknown, prepare?: () => unknown): number {
  const times = Array.from({ length: runs + WARM_UP }, () => {
    prepare?.();
    const start = process.cpuUsage();
    task();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return times.slice(WARM_UP).sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN;
}
