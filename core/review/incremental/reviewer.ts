import { Graph } from '../../design/graph.ts';
import { equal } from '../../equal.ts';
import { type Section, sections } from '../../kinds/registry.ts';
import type { Sink } from '../collector.ts';
import type { Report } from '../report.ts';
import {
  type AnyContext,
  chosenRules,
  isAsked,
  type Reviewable,
  type ReviewOptions,
  review,
} from '../review.ts';
import type { AnyRule, Reported } from '../rule.ts';
import { judgesOf, type Subject, subjectsOf } from '../subjects.ts';
import { changedCells } from './changes.ts';
import { observed, type Reads } from './observed.ts';

/** What a rule has said about one subject, and what it looked at to say so. */
interface Judgement {
  readonly reads: Reads;
  readonly said: readonly ((sink: Sink) => void)[];
}

/** What decides which judgements are passed, apart from the design. */
type Asked = readonly [options: ReviewOptions['options'], only: ReviewOptions['only']];

/** Asks a rule about one subject. */
type Pass = (context: AnyContext) => void;

const NOTHING: ReadonlySet<string> = new Set();

/** For judgements that are passed before anybody collects them. */
const UNHEARD: Sink = { report() {}, unknown() {}, passByDefault() {} };

/** Judgements of one rule on the subjects of one group, by address. */
type Judgements = Map<string, Judgement>;

/**
 * Reviews the versions of one document: what a rule has said stands until something changes that it has looked at.
 * Its reports are those of `review`.
 */
export class Reviewer {
  /** Judgements passed so far. One on a whole design counts as often as there are elements in what it looked at. */
  evaluations = 0;
  /** By rule, then by group of subjects. */
  #judgements = new Map<string, Map<string, Judgements>>();
  #last: { readonly graph: Graph; readonly asked: Asked } | undefined;

  review(subject: Reviewable, options: ReviewOptions = {}): Report {
    const graph = subject.graph ?? Graph.of(subject.design);
    const asked: Asked = [options.options, options.only];
    if (!equal(this.#last?.asked, asked)) this.#judgements = new Map();
    const changed = this.#last ? changedCells(this.#last.graph, graph) : NOTHING;
    this.#last = { graph, asked };
    return review({ ...subject, graph }, options, (rule, context) => {
      for (const { said } of this.#judged(rule, context, changed)) for (const say of said) say(context);
    });
  }

  /**
   * Passes the judgements of a first review rule by rule, so that others get their turn in between; the review itself
   * then has them only to collect. One that begins earlier passes what is missing, and ends this.
   */
  *prepare(subject: Reviewable, options: ReviewOptions = {}): Generator<undefined> {
    if (this.#last) return;
    const graph = subject.graph ?? Graph.of(subject.design);
    const mine = { graph, asked: [options.options, options.only] } as const;
    this.#last = mine;
    for (const [rule, given] of chosenRules(graph, options)) {
      if (this.#last !== mine) return;
      this.#judged(rule, { graph, design: graph.design, options: given, ...UNHEARD }, NOTHING);
      yield;
    }
  }

  /** What a rule has to say: as before where nothing has changed that it looked at. */
  #judged(rule: AnyRule, context: AnyContext, changed: ReadonlySet<string>): readonly Judgement[] {
    const { graph } = context;
    if (!isAsked(rule, graph)) {
      // Nobody follows what changes while it is not asked.
      this.#judgements.delete(rule.id);
      return [];
    }
    const judgements: Judgement[] = [];
    const judge = (known: Judgements, address: string, read: readonly string[], pass: Pass): void => {
      const before = known.get(address);
      const judgement =
        before && isUntouched(before, changed, graph) ? before : this.#pass(context, read, pass);
      known.set(address, judgement);
      judgements.push(judgement);
    };
    const { check } = rule;
    if (check) judge(this.#known(rule.id, 'design'), '', [], (seen) => check(seen as never));
    for (const [group, judgeOne] of judgesOf(rule)) {
      const known = this.#known(rule.id, group);
      const subjects = subjectsOf(graph, group);
      for (const { address, value } of subjects)
        judge(known, address, [address], (seen) => judgeOne(seen as never, value as never));
      if (known.size > subjects.length) forget(known, subjects);
    }
    return judgements;
  }

  #known(ruleId: string, group: string): Judgements {
    const ofRule = this.#judgements.get(ruleId) ?? new Map<string, Judgements>();
    const known = ofRule.get(group) ?? new Map<string, Judgement>();
    this.#judgements.set(ruleId, ofRule.set(group, known));
    return known;
  }

  #pass({ graph, options }: AnyContext, read: readonly string[], pass: Pass): Judgement {
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

/** Forgets judgements on what is gone. */
function forget(known: Judgements, subjects: readonly Subject[]): void {
  const present = new Set<string>(subjects.map(({ address }) => address));
  for (const address of known.keys()) if (!present.has(address)) known.delete(address);
}

/** Whether nothing of what a judgement looked at has changed. */
function isUntouched({ reads }: Judgement, changed: ReadonlySet<string>, graph: Graph): boolean {
  if (changed.size === 0) return true;
  const [few, many] = changed.size < reads.cells.size ? [changed, reads.cells] : [reads.cells, changed];
  for (const cell of few) if (many.has(cell)) return false;
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
