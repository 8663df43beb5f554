import { addressOf, type Design } from '../design/design.ts';
import { nearest } from '../nearest.ts';
import type { BuiltInReport } from './builtins.ts';
import type { Finding, WaivedFinding } from './report.ts';

/** What the waivers of a design leave over. */
export interface Waived {
  readonly open: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
  /** Waivers that need attention themselves. */
  readonly reports: readonly BuiltInReport[];
}

/**
 * Splits findings into those that a waiver accepts and the rest. A waiver without a target holds for the whole design.
 * One whose last day has passed accepts nothing.
 * @param today The current day as `YYYY-MM-DD`.
 */
export function applyWaivers(
  design: Design,
  findings: readonly Finding[],
  knownRules: readonly string[],
  today: string,
): Waived {
  const open = new Set(findings);
  const waived: WaivedFinding[] = [];
  const reports: BuiltInReport[] = [];
  for (const [id, waiver] of design.waivers) {
    const at = addressOf('waivers', id);
    const { rule, target, reason, owner, until } = waiver;
    if (!knownRules.includes(rule)) {
      const guess = nearest(rule, knownRules);
      const hint = guess ? `; did you mean ${guess}?` : '.';
      reports.push({
        ruleId: 'waiver/unused',
        messageId: 'unknown-rule',
        at,
        field: 'rule',
        data: { id, rule, hint },
      });
      continue;
    }
    const accepted = findings.filter(
      (finding) => finding.ruleId === rule && (target === undefined || finding.element === target),
    );
    if (accepted.length === 0) {
      const where = target ?? 'the design';
      reports.push({
        ruleId: 'waiver/unused',
        messageId: 'unused',
        at,
        data: { id, rule, where },
        fix: { label: `Remove waiver ${id}`, patches: () => [{ op: 'remove', path: ['waivers', id] }] },
      });
    } else if (until !== undefined && until < today) {
      reports.push({
        ruleId: 'waiver/expired',
        messageId: 'expired',
        at,
        field: 'until',
        data: { id, rule, until },
      });
    } else {
      for (const finding of accepted) {
        if (!open.delete(finding)) continue;
        waived.push({
          finding,
          waiver: id,
          reason,
          ...(owner === undefined ? {} : { owner }),
          ...(until === undefined ? {} : { until }),
        });
      }
    }
  }
  return { open: [...open], waived, reports };
}
