import type { ElementAddress } from '../../design/design.ts';
import { Graph } from '../../design/graph.ts';
import { catalogue, isRuleId } from '../catalogue.ts';
import type { DefaultPass, Finding, Open, Report, WaivedFinding } from '../report.ts';
import type { Reviewable, ReviewOptions } from '../review.ts';
import { add, flowsByElement } from './members.ts';
import { type Question, questions } from './questions.ts';

export const states = ['fail', 'unknown', 'warn', 'waived', 'pass', 'n/a'] as const;
/** The answer to a question, the worst that applies. `unknown`: an attribute is missing that only the author can know. */
export type State = (typeof states)[number];

/** Everything that an answer follows from. */
export interface Evidence {
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
  /** What is not stated, and which rules wait for it. */
  readonly open: readonly Open[];
  /** What passes only because of what is generated where an attribute is missing. */
  readonly defaults: readonly DefaultPass[];
  /** Rules that were asked. */
  readonly rules: readonly string[];
  /** Rules that the configuration turns off. */
  readonly off: readonly string[];
}

/** The answer to one question. */
export interface Answer {
  readonly number: number;
  readonly question: Question;
  readonly state: State;
  readonly evidence: Evidence;
  /** The answer for each flow that the question is about. */
  readonly flows: readonly { readonly flow: string; readonly state: State }[];
}

export interface Checklist {
  readonly answers: readonly Answer[];
  readonly counts: Readonly<Record<State, number>>;
}

/** Answers the questions of a design review from what the review of the design has found. */
export function checklistOf(subject: Reviewable, report: Report, options: ReviewOptions = {}): Checklist {
  const graph = subject.graph ?? Graph.of(subject.design);
  const members = flowsByElement(graph);
  const answers = questions.map((question, index) =>
    answer(question, index + 1, { graph, members, report, options }),
  );
  const counts = Object.fromEntries(states.map((state) => [state, 0])) as Record<State, number>;
  for (const { state } of answers) counts[state]++;
  return { answers, counts };
}

interface Context {
  readonly graph: Graph;
  readonly members: ReadonlyMap<ElementAddress, ReadonlySet<string>>;
  readonly report: Report;
  readonly options: ReviewOptions;
}

function answer(question: Question, number: number, context: Context): Answer {
  const { graph, members } = context;
  const about = question.about ?? (() => true);
  const flows = [...graph.design.flows].filter(([, flow]) => about(flow)).map(([id]) => id);
  // What belongs to no flow cannot be left out of any question.
  const chosen: ReadonlySet<string> = new Set(flows);
  const isIn = (at: ElementAddress): boolean => {
    const own = members.get(at);
    return !own || [...own].some((flow) => chosen.has(flow));
  };
  const evidence = evidenceOf(question, context, isIn);
  const applies = question.applies(graph) && evidence.rules.length > 0;
  const otherwise = question.applies(graph) && evidence.off.length > 0 ? 'waived' : 'n/a';
  return {
    number,
    question,
    evidence,
    state: applies ? stateOf(question, evidence) : otherwise,
    flows: applies ? statesOf(flows, question, evidence, members) : [],
  };
}

/** What an answer is read from. */
type Grounds = Pick<Evidence, 'findings' | 'waived' | 'open'>;

/** The answer for each flow. The evidence is gone through once: there may be as many flows as elements. */
function statesOf(
  flows: readonly string[],
  question: Question,
  evidence: Evidence,
  members: Context['members'],
): Answer['flows'] {
  const findings = byFlow(evidence.findings, ({ element }) => members.get(element));
  const waived = byFlow(evidence.waived, ({ finding }) => members.get(finding.element));
  const open = byFlow(evidence.open, ({ element }) => members.get(element));
  return flows.map((flow) => {
    const grounds: Grounds = {
      findings: findings.get(flow) ?? [],
      waived: waived.get(flow) ?? [],
      open: open.get(flow) ?? [],
    };
    return { flow, state: stateOf(question, grounds) };
  });
}

function byFlow<T>(
  all: readonly T[],
  flowsOf: (each: T) => ReadonlySet<string> | undefined,
): ReadonlyMap<string, readonly T[]> {
  const lists = new Map<string, T[]>();
  for (const each of all) for (const flow of flowsOf(each) ?? []) add(lists, flow, each);
  return lists;
}

function evidenceOf(
  { gates, supporting }: Question,
  { graph, report, options }: Context,
  isIn: (at: ElementAddress) => boolean,
): Evidence {
  const kinds = new Set([...graph.design.brokers.values()].map(({ kind }) => kind));
  const asked = [...gates, ...supporting].filter(isRuleId).filter((id) => {
    const { brokers } = catalogue[id].meta;
    return brokers === 'all' || brokers.some((kind) => kinds.has(kind));
  });
  const written = (at: ElementAddress): ElementAddress => graph.origins.get(at)?.address ?? at;
  const isOff = (id: string): boolean => options.level?.(id, 'design') === 'off';
  const ids: ReadonlySet<string> = new Set(asked);
  const all: Evidence = {
    findings: report.findings.filter(({ ruleId }) => ids.has(ruleId)),
    waived: report.waived.filter(({ finding }) => ids.has(finding.ruleId)),
    open: report.open.filter(({ ruleId }) => ids.has(ruleId)),
    defaults: report.passedByDefault.flatMap((pass) =>
      ids.has(pass.ruleId) ? [{ ...pass, elements: pass.elements.map(written) }] : [],
    ),
    rules: asked.filter((id) => !isOff(id)),
    off: asked.filter(isOff),
  };
  return narrowed(all, isIn);
}

const narrowed = (evidence: Evidence, isIn: (at: ElementAddress) => boolean): Evidence => ({
  ...evidence,
  findings: evidence.findings.filter(({ element }) => isIn(element)),
  waived: evidence.waived.filter(({ finding }) => isIn(finding.element)),
  open: evidence.open.filter(({ element }) => isIn(element)),
  defaults: evidence.defaults
    .map((pass) => ({ ...pass, elements: pass.elements.filter(isIn) }))
    .filter(({ elements }) => elements.length > 0),
});

function stateOf({ gates, asks = [] }: Question, { findings, waived, open }: Grounds): State {
  const counts = findings.filter(({ ruleId, severity }) => severity !== 'info' && !asks.includes(ruleId));
  if (counts.some(({ ruleId, severity }) => severity === 'error' && gates.includes(ruleId))) return 'fail';
  if (open.some(({ ruleId }) => gates.includes(ruleId))) return 'unknown';
  if (findings.some(({ ruleId }) => asks.includes(ruleId))) return 'unknown';
  if (counts.length > 0) return 'warn';
  return waived.some(({ finding }) => gates.includes(finding.ruleId)) ? 'waived' : 'pass';
}
