import { Graph } from '../../design/graph.ts';
import { equal } from '../../equal.ts';
import { type Section, sections } from '../../kinds/registry.ts';
import type { Sink } from '../collector.ts';
import type { Report } from '../report.ts';
import { type AnyContext, type Reviewable, type ReviewOptions, review } from '../review.ts';
import type { Reported } from '../rule.ts';
import { judgesOf, subjectsOf } from '../subjects.ts';
import { changedCells } from './changes.ts';
import { observed, type Reads } from './observed.ts';

/** What a rule has said about one subject, and what it looked at to say so. */
interface Judgement {
  readonly reads: Reads;
  readonly said: readonly ((sink: Sink) => void)[];
}

/** What decides which judgements are passed, apart from the design. */
type Asked = readonly [options: ReviewOptions['options'], only: ReviewOptions['only']];

/** Judgements of one rule by subject. */
type Judgements = Map<string, Judgement>;

/** Has a judgement passed, unless the one that was passed before stands. */
type Ask = (key: string, reads: readonly string[], pass: (context: AnyContext) => void) => void;

/**
 * Reviews the versions of one document: what a rule has said stands until something changes that it has looked at.
 * Its reports are those of `review`.
 */
export class Reviewer {
  /** Judgements passed so far. One on a whole design counts as often as there are elements in what it looked at. */
  evaluations = 0;
  #judgements = new Map<string, Judgements>();
  #last: { readonly graph: Graph; readonly asked: Asked } | undefined;

  review(subject: Reviewable, options: ReviewOptions = {}): Report {
    const graph = subject.graph ?? Graph.of(subject.design);
    const asked: Asked = [options.options, options.only];
    if (!equal(this.#last?.asked, asked)) this.#judgements = new Map();
    const changed = this.#last ? changedCells(this.#last.graph, graph) : new Set<string>();
    const stands = (judgement: Judgement): boolean => isUntouched(judgement, changed, graph);
    this.#last = { graph, asked };
    return review({ ...subject, graph }, options, (rule, context) => {
      const before = this.#judgements.get(rule.id);
      const now: Judgements = new Map();
      this.#judgements.set(rule.id, now);
      const judge: Ask = (key, reads, pass) => {
        const known = before?.get(key);
        const judgement = known && stands(known) ? known : this.#pass(context, reads, pass);
        now.set(key, judgement);
        for (const say of judgement.said) say(context);
      };
      if (rule.check) judge('', [], (observed) => rule.check?.(observed as never));
      for (const [group, judgeOne] of judgesOf(rule))
        for (const { address, value } of subjectsOf(graph, group))
          judge(`${group}:${address}`, [address], (observed) => judgeOne(observed as never, value as never));
    });
  }

  #pass(
    { graph, options }: AnyContext,
    read: readonly string[],
    pass: (context: AnyContext) => void,
  ): Judgement {
    const reads: Reads = { cells: new Set(read), answers: [] };
    const said: ((sink: Sink) => void)[] = [];
    const seen = observed(graph, reads);
    pass({
      graph: seen,
      design: seen.design,
      options,
      report: (finding) => {
        const stated = settled(finding);
        said.push((sink) => sink.report(stated));
      },
      unknown: (question) => said.push((sink) => sink.unknown(question)),
      passByDefault: (standard) => said.push((sink) => sink.passByDefault(standard)),
    });
    this.evaluations += sizeOf(graph, reads);
    return { reads, said };
  }
}

/** Whether nothing of what a judgement looked at has changed. */
function isUntouched({ reads }: Judgement, changed: ReadonlySet<string>, graph: Graph): boolean {
  if (changed.size === 0) return true;
  for (const cell of reads.cells) if (changed.has(cell)) return false;
  return reads.answers.every(({ ask, value }) => equal(ask(graph), value));
}

/** Elements that were gone through, or the one that was asked about. */
function sizeOf({ design }: Graph, { cells }: Reads): number {
  const whole = sections.filter((section: Section) => cells.has(section));
  return Math.max(
    1,
    whole.reduce((sum, section) => sum + design[section].size, 0),
  );
}

/** A finding whose fix is worked out now: later the design that it was made for may have changed. */
function settled(finding: Reported): Reported {
  if (!finding.fix) return finding;
  const { label } = finding.fix;
  const patches = finding.fix.patches();
  return { ...finding, fix: { label, patches: () => patches } };
}
