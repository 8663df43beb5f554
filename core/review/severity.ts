import { type ElementAddress, parseAddress } from '../design/design.ts';
import type { Graph } from '../design/graph.ts';
import { designAttributes } from '../kinds/design/index.ts';
import { isLossTolerant } from './criticality.ts';
import type { Finding } from './report.ts';
import { type Severity, severities } from './rule.ts';

const MILDER = { error: 'warn', warn: 'info', info: 'info' } as const satisfies Record<Severity, Severity>;

/** The milder of two severities. */
export const mildest = (a: Severity, b: Severity = a): Severity =>
  severities.indexOf(a) > severities.indexOf(b) ? a : b;

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
  if (parseAddress(at) && isLossTolerant(graph, at)) return { severity: milder, relaxed: 'lossTolerant' };
  return { severity };
}
