import type { Finding, Report } from './report.ts';
import { countFindings } from './review.ts';

/** How often each finding was there before, by its fingerprint. */
export type Known = ReadonlyMap<string, number>;

/** Names a finding by what it is about, not by where it stands: it stays the same when lines move. */
export const fingerprintOf = ({ ruleId, messageId, element, field = '' }: Finding): string =>
  [ruleId, messageId, element, field].join(':');

export function knownIn(findings: readonly Finding[]): Known {
  const known = new Map<string, number>();
  for (const finding of findings) {
    const fingerprint = fingerprintOf(finding);
    known.set(fingerprint, (known.get(fingerprint) ?? 0) + 1);
  }
  return known;
}

/** A report with its new findings alone; `gone` counts what is known and was not found again. */
export function withoutKnown(
  report: Report,
  known: Known,
): { readonly report: Report; readonly gone: number } {
  const left = new Map(known);
  const findings = report.findings.filter((finding) => {
    const fingerprint = fingerprintOf(finding);
    const count = left.get(fingerprint) ?? 0;
    left.set(fingerprint, count - 1);
    return count <= 0;
  });
  const counts = {
    ...report.counts,
    ...countFindings(findings),
    known: report.findings.length - findings.length,
  };
  const gone = [...left.values()].reduce((sum, count) => sum + Math.max(0, count), 0);
  return { report: { ...report, findings, counts }, gone };
}
