import { describe, expect, test } from 'vitest';
import { applyFixes } from '../../../core/review/fix.ts';
import type { Finding, Report } from '../../../core/review/report.ts';
import { type Reviewable, review } from '../../../core/review/review.ts';
import type { AnyRule } from '../../../core/review/rule.ts';
import type { RuleId } from '../../../core/rules/registry.ts';
import { applyEdits } from '../../../core/text/compose.ts';
import { editText } from '../../../core/text/edit.ts';
import { load } from '../../../core/text/load.ts';

/** What a finding must say; a missing `field` means that the finding is about the element itself. */
interface Expected {
  readonly messageId: string;
  readonly element: string;
  readonly field?: string;
  /** Severity, where it is not that of the rule. */
  readonly severity?: 'warn' | 'info';
  /** Whether the finding offers no fix although its rule has one. */
  readonly noFix?: true;
}

interface Case {
  /** What is special about the design. */
  readonly name: string;
  /** Sections of a design; format, name, environment and one broker of each kind are added where they are missing. */
  readonly design: string;
}

interface RuleCases {
  readonly valid: readonly (Case & {
    /** Attributes by whose generated default the rule passes, as `element attribute`. */
    readonly byDefault?: readonly string[];
  })[];
  readonly invalid: readonly (Case & {
    readonly finds: readonly Expected[];
    /** The sections after the fix of the first finding, to the letter. */
    readonly becomes?: string;
  })[];
  /** Designs that the rule cannot judge: what it asks for, as `element attribute`. */
  readonly unknown?: readonly (Case & { readonly asks: readonly string[] })[];
}

const BROKERS = `brokers:
  mq: { kind: rabbitmq }
  log: { kind: kafka }
  aws: { kind: sqs }
  sns: { kind: sns }
  kinesis: { kind: kinesis }
  redis: { kind: redis }
  celery: { kind: celery }
`;

/** A whole design from the sections that a case is about. */
export function designText(sections: string): string {
  if (/^brokerloom:/m.test(sections)) return sections;
  const head = /^design:/m.test(sections) ? '' : 'design: { name: test, environment: prod }\n';
  return `brokerloom: 1\n${head}${/^brokers:/m.test(sections) ? '' : BROKERS}${sections.replace(/^\n/, '')}`;
}

export function reviewable(text: string): Reviewable {
  const { design, source, problems } = load(text);
  if (!design || !source) throw new Error(`not a design: ${JSON.stringify(problems)}\n${text}`);
  return { design, source };
}

/** Runs a rule over tables of designs; every fix it offers must leave the design clean of its finding. */
export function testRule(rule: AnyRule, { valid, invalid, unknown = [] }: RuleCases): void {
  const only = { only: [rule.id as RuleId] };
  const reviewed = (design: string): Report => review(reviewable(designText(design)), only);
  const own = (report: Report): readonly Finding[] =>
    report.findings.filter(({ ruleId }) => ruleId === rule.id);
  const asked = ({ unknowns }: Report): string[] =>
    unknowns
      .filter(({ rules }) => rules.includes(rule.id))
      .flatMap(({ attribute, elements }) => elements.map((element) => `${element} ${attribute}`));
  const byDefault = ({ passedByDefault }: Report): string[] =>
    passedByDefault
      .filter(({ ruleId }) => ruleId === rule.id)
      .flatMap(({ attribute, elements }) => elements.map((element) => `${element} ${attribute}`));

  describe(rule.id, () => {
    test('has no case twice', () => {
      const all = [...valid, ...invalid, ...unknown];
      const normalised = all.map(({ design }) => design.replace(/\s+/g, ' ').trim());
      expect(all.filter((_, index) => normalised.indexOf(normalised[index] ?? '') !== index)).toEqual([]);
      expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    });

    test('has a case for each of its messages', () => {
      const shown = new Set(invalid.flatMap(({ finds }) => finds.map(({ messageId }) => messageId)));
      expect([...shown].sort()).toEqual(Object.keys(rule.messages).sort());
    });

    test.each(valid)('accepts $name', ({ design, byDefault: expected }) => {
      const report = reviewed(design);
      expect(own(report)).toEqual([]);
      expect(asked(report)).toEqual([]);
      if (expected) expect(byDefault(report)).toEqual(expected);
    });

    test.each(unknown)('does not know about $name', ({ design, asks }) => {
      const report = reviewed(design);
      expect(own(report)).toEqual([]);
      expect(asked(report)).toEqual(asks);
    });

    test.each(invalid)('reports $name', ({ design, finds }) => {
      const findings = own(reviewed(design));
      expect(
        findings.map(({ messageId, element, field, severity, fix }) => ({
          messageId,
          element,
          ...(field === undefined ? {} : { field }),
          ...(severity === rule.meta.severity ? {} : { severity }),
          ...(fix || rule.meta.fix === 'none' ? {} : { noFix: true }),
        })),
      ).toEqual(finds);
      for (const { message, consequence } of findings)
        expect(`${message} ${consequence}`).not.toMatch(/[{}]|undefined/);
      if (rule.meta.fix === 'none') expect(findings.filter(({ fix }) => fix)).toEqual([]);
    });

    test.each(invalid.filter(({ finds }) => rule.meta.fix !== 'none' && finds.some(({ noFix }) => !noFix)))(
      'repairs $name',
      ({ design, becomes }) => {
        const text = designText(design);
        const before = review(reviewable(text), only);
        for (const [index, finding] of own(before).entries()) {
          if (!finding.fix) continue;
          const edits = editText(reviewable(text).source, finding.fix.patches());
          if (!edits.ok) throw new Error(edits.error.message);
          const repaired = applyEdits(text, edits.value);
          if (index === 0 && becomes !== undefined) expect(repaired).toBe(designText(becomes));
          const after = review(reviewable(repaired), only);
          expect(own(after).map(sameFinding)).not.toContain(sameFinding(finding));
          expect(documentFindings(after)).toEqual(documentFindings(before));
        }
        if (rule.meta.fix !== 'auto') return;
        const fixed = applyFixes(reviewable(text), only);
        expect(own(review(reviewable(fixed.text), only)).filter(({ fix }) => fix)).toEqual([]);
        expect(applyFixes(reviewable(fixed.text), only)).toEqual({
          text: fixed.text,
          edits: [],
          applied: [],
        });
      },
    );
  });
}

const sameFinding = ({ messageId, element, field = '' }: Finding): string =>
  `${messageId} ${element} ${field}`;

/** A fix must not name what is not there. */
const documentFindings = ({ findings }: Report): string[] =>
  findings.filter(({ ruleId }) => ruleId.startsWith('document/')).map(({ message }) => message);
