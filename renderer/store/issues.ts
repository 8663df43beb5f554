import type { ElementAddress } from '../../core/design/design.ts';
import type { Graph } from '../../core/design/graph.ts';
import type { Fix, Report, Reviewer, Severity } from '../../core/review/index.ts';
import type { ReviewOptions } from '../../core/review/review.ts';
import type { Loaded } from '../../core/text/load.ts';

export type Unknown = Report['unknowns'][number];

/** One row of the problems panel: what keeps the text from being a design, or a finding of the review. */
export interface Issue {
  readonly key: string;
  readonly severity: Severity;
  /** Rule id, or the code of a problem of the text. */
  readonly rule: string;
  readonly message: string;
  /** What happens in production, or what to do about a problem of the text. */
  readonly detail: string | undefined;
  readonly element: ElementAddress | undefined;
  readonly field: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly endLine: number | undefined;
  readonly endColumn: number | undefined;
  readonly fix: Fix | undefined;
}

/** What the panels show of a review. */
export interface Reviewed {
  /** Everything that is wrong with the text, worst first, then in the order of the file. */
  readonly issues: readonly Issue[];
  /** Attributes that would decide more rules. */
  readonly unknowns: readonly Unknown[];
  /** All of the review; missing while the text is not a design, and until it is reviewed. */
  readonly report: Report | undefined;
  /** Whether the first review is still to come: nobody knows yet what is wrong. */
  readonly awaited?: true;
  /** How it was reviewed. */
  readonly options: ReviewOptions;
}

/** @param reviewer That of the document, which judges again only what an edit may have changed. */
export function reviewed(
  loaded: Loaded,
  graph: Graph | undefined,
  reviewer: Reviewer,
  options: ReviewOptions,
): Reviewed {
  const { design, source, notices } = loaded;
  if (!design || !source)
    return { issues: loaded.problems.map(fromProblem), unknowns: [], report: undefined, options };
  const rank: Record<Severity, number> = { error: 0, warn: 1, info: 2 };
  const report = reviewer.review({ design, source, notices, ...(graph && { graph }) }, options);
  const { findings, unknowns } = report;
  const issues = findings
    .map((finding, index) => ({ ...finding, index }))
    .sort((a, b) => rank[a.severity] - rank[b.severity] || a.index - b.index)
    .map((finding) => ({
      key: keyOf(finding),
      severity: finding.severity,
      rule: finding.ruleId,
      message: finding.message,
      detail: finding.consequence,
      element: finding.element,
      field: finding.field,
      line: finding.line,
      column: finding.column,
      endLine: finding.endLine,
      endColumn: finding.endColumn,
      fix: finding.fix,
    }));
  return { issues, unknowns, report, options };
}

/** Tells a finding from the others of its report. */
export const keyOf = ({ ruleId, element, field = '', messageId }: Report['findings'][number]): string =>
  `${ruleId} ${element} ${field} ${messageId}`;

const fromProblem = (problem: Loaded['problems'][number], index: number): Issue => ({
  key: `${problem.code} ${index}`,
  severity: 'error',
  rule: problem.code,
  message: problem.message,
  detail: problem.hint,
  element: problem.element as ElementAddress | undefined,
  field: undefined,
  line: problem.at?.line,
  column: problem.at?.column,
  endLine: problem.at?.line,
  endColumn: problem.at && problem.at.column + 1,
  fix: undefined,
});
