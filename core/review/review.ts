import type { Design } from '../design/design.ts';
import { Graph } from '../design/graph.ts';
import { type Notice, noticesOf } from '../design/notices.ts';
import { type RuleId, rules } from '../rules/registry.ts';
import type { SourceMap } from '../text/source.ts';
import { type BuiltInReport, builtIns } from './builtins.ts';
import { catalogue } from './catalogue.ts';
import { Collector, type LevelOf, type Sink } from './collector.ts';
import type { Counts, DefaultPass, Finding, Report } from './report.ts';
import type { AnyRule, RuleContext, Severity } from './rule.ts';
import { judgesOf, subjectsOf } from './subjects.ts';
import { applyWaivers } from './waivers.ts';

/** A valid design together with its text; what `load` gives for a file without problems. */
export interface Reviewable {
  readonly design: Design;
  readonly source: SourceMap;
  /** The graph of the design, where it exists already. */
  readonly graph?: Graph;
  /** What loading the design has noticed, where that is known already. */
  readonly notices?: readonly Notice[];
}

export interface ReviewOptions {
  /** The current day as `YYYY-MM-DD`, by which waivers expire. */
  readonly today?: string;
  /** Rules to run; missing = all. */
  readonly only?: readonly RuleId[];
  /** Options by rule; missing = the defaults of the rule. */
  readonly options?: Readonly<Partial<Record<RuleId, unknown>>>;
  /** Severity of the findings of a rule on an element, where it is not the rule's own; `off`: they are not reported. */
  readonly level?: LevelOf;
}

/** What a rule works with, its types forgotten. */
export type AnyContext = Pick<RuleContext<never, never, never>, 'graph' | 'design'> & {
  readonly options: unknown;
} & Sink;

/** Asks a rule about a design. */
export type Judge = (rule: AnyRule, context: AnyContext) => void;

/**
 * Runs every rule over a design. Rules see the design with its shorthand written out; findings point at what the author
 * wrote.
 * @throws ZodError where the options of a rule are not of their shape.
 */
export function review(
  subject: Reviewable,
  options: ReviewOptions = {},
  judge: Judge = judgeEverything,
): Report {
  const { design, source } = subject;
  const graph = subject.graph ?? Graph.of(design);
  const collector = new Collector(graph, source, options.level);
  for (const report of noticeReports(subject.notices ?? noticesOf(design)))
    collector.add(report.ruleId, builtIns[report.ruleId], report);
  for (const [rule, given] of chosenRules(graph, options))
    judge(rule, { graph, design: graph.design, options: given, ...collector.for(rule) });

  const today = options.today ?? new Date().toISOString().slice(0, 10);
  const { open, waived, reports } = applyWaivers(design, collector.findings(), Object.keys(catalogue), today);
  const late = new Collector(graph, source, options.level);
  for (const report of reports) late.add(report.ruleId, builtIns[report.ruleId], report);
  const findings = [...open, ...late.findings()].sort(byPlace);
  const { unknowns, open: undecided, passedByDefault } = collector;
  return {
    findings,
    waived: [...waived].sort((a, b) => byPlace(a.finding, b.finding)),
    unknowns,
    open: undecided,
    passedByDefault,
    counts: count(findings, waived.length, unknowns.length, passedByDefault),
  };
}

/**
 * The rules that a review runs, with their options; those of a rule that is not asked are nobody's business.
 * @throws ZodError where the options of a rule are not of their shape.
 */
export function* chosenRules(
  graph: Graph,
  { only, options }: ReviewOptions,
): Generator<readonly [AnyRule, unknown]> {
  for (const rule of Object.values(rules) as readonly AnyRule[]) {
    const id = rule.id as RuleId;
    if (only?.includes(id) !== false)
      yield [rule, isAsked(rule, graph) ? optionsOf(rule, options?.[id]) : NONE];
  }
}

const NONE = {};

/** The options of a rule, what is not given by its defaults. */
const optionsOf = (rule: AnyRule, given: unknown): unknown =>
  given === undefined ? (rule.standard ?? NONE) : rule.options().parse(given);

/** Whether a rule is asked: one about brokers that are not there has nothing to say on any element. */
export function isAsked({ meta: { brokers } }: AnyRule, { design }: Graph): boolean {
  return brokers === 'all' || [...design.brokers.values()].some(({ kind }) => brokers.includes(kind));
}

function judgeEverything(rule: AnyRule, context: AnyContext): void {
  if (!isAsked(rule, context.graph)) return;
  rule.check?.(context as never);
  // `forEach`, since an iterator makes an object for each step while the code is not optimized.
  for (const [group, judgeOne] of judgesOf(rule))
    subjectsOf(context.graph, group).forEach(({ value }) => {
      judgeOne(context as never, value as never);
    });
}

function noticeReports(notices: readonly Notice[]): BuiltInReport[] {
  return notices.map(({ id, at, field, message }) => ({
    ruleId: id,
    messageId: 'notice',
    at,
    field,
    data: { text: message.charAt(0).toUpperCase() + message.slice(1) },
  }));
}

const byPlace = (a: Finding, b: Finding): number =>
  a.line - b.line ||
  a.column - b.column ||
  compare(a.ruleId, b.ruleId) ||
  compare(a.element, b.element) ||
  compare(a.messageId, b.messageId);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function count(
  findings: readonly Finding[],
  waived: number,
  unknown: number,
  passes: readonly DefaultPass[],
): Counts {
  const passedByDefault = passes.reduce((sum, { elements }) => sum + elements.length, 0);
  return { ...countFindings(findings), known: 0, waived, unknown, passedByDefault };
}

/** Numbers of findings by severity, and of those that `--fix` repairs. */
export function countFindings(findings: readonly Finding[]): Pick<Counts, Severity | 'fixable'> {
  const counts = { error: 0, warn: 0, info: 0, fixable: 0 };
  for (const { severity, fix } of findings) {
    counts[severity]++;
    if (fix?.safe) counts.fixable++;
  }
  return counts;
}
