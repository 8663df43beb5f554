import { type ElementAddress, parseAddress } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import { designAttributes } from '../kinds/design/index.ts';
import { channelSections } from '../kinds/registry.ts';
import { isLossTolerant } from './criticality.ts';
import type { Finding } from './report.ts';
import { type Severity, severities } from './rule.ts';

const MILDER = { error: 'warn', warn: 'info', info: 'info' } as const satisfies Record<Severity, Severity>;

/** The milder of two severities. */
export const mildest = (a: Severity, b: Severity = a): Severity =>
  severities.indexOf(a) > severities.indexOf(b) ? a : b;

/** Answers by element; empty for a graph in which losing a message is accepted nowhere. */
const known = new WeakMap<Graph, Map<ElementAddress, boolean> | 'nowhere'>();

/** Whether losing a message is accepted at an element; asked for every finding, and most elements have several. */
function acceptsLoss(graph: Graph, at: ElementAddress): boolean {
  let answers = known.get(graph);
  if (!answers) {
    answers = statesTolerance(graph) ? new Map() : 'nowhere';
    known.set(graph, answers);
  }
  if (answers === 'nowhere') return false;
  const answer = answers.get(at) ?? (parseAddress(at) !== undefined && isLossTolerant(graph, at));
  answers.set(at, answer);
  return answer;
}

const statesTolerance = ({ design }: Graph): boolean =>
  ([...channelSections, 'flows'] as const).some((section) =>
    [...design[section].values()].some(({ criticality }) => criticality === 'lossTolerant'),
  );

/**
 * The severity of a finding where it stands. It is one step milder, and never two, in a design that runs locally and
 * where losing a message is accepted.
 */
export function severityAt(
  graph: Graph,
  at: ElementAddress,
  severity: Severity,
): Pick<Finding, 'severity' | 'relaxed'> {
  const milder = MILDER[severity];
  if (milder === severity) return { severity };
  const environment = graph.design.design.environment ?? designAttributes.environment.default.value;
  if (environment === 'local') return { severity: milder, relaxed: 'local' };
  if (acceptsLoss(graph, at)) return { severity: milder, relaxed: 'lossTolerant' };
  return { severity };
}
