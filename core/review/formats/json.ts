import type { defaultOutput, FindingsOutput, findingOutput, waivedOutput } from '../../contract/findings.ts';
import type { z } from '../../zod.ts';
import type { DefaultPass, Finding, Unknown, WaivedFinding } from '../report.ts';
import type { Formatter, ReviewedFile } from './format.ts';

/** Everything that a review found, in the shape of `core/contract/findings.ts`. */
export const json: Formatter = (files) => [...jsonParts(files)].join('');

/** The same in parts: as a whole it is several times as long as the design. */
export function* jsonParts(files: readonly ReviewedFile[]): Generator<string> {
  yield '{\n  "version": 1,\n  "files": [';
  for (const [index, { file, report }] of files.entries()) {
    yield `${index === 0 ? '' : ','}\n    {\n      "file": ${JSON.stringify(file)},\n`;
    yield* list('findings', report.findings, findingValue);
    yield* list('waived', report.waived, waivedValue);
    yield* list('unknowns', report.unknowns, unknownValue);
    yield* list('passedByDefault', report.passedByDefault, defaultValue);
    yield `      "counts": ${indented(JSON.stringify(report.counts, undefined, 2))}\n    }`;
  }
  yield '\n  ]\n}\n';
}

/** Items that are written at once: so few that their text is no large object to V8, which it frees late. */
const BATCH = 50;
const indented = (text: string): string => text.replaceAll('\n', '\n      ');

function* list<T>(
  name: keyof FindingsOutput['files'][number],
  items: readonly T[],
  shown: (item: T) => unknown,
): Generator<string> {
  if (items.length === 0) return yield `      "${name}": [],\n`;
  for (let at = 0; at < items.length; at += BATCH) {
    // As deep as the items of a list stand, so that they are indented as they are written.
    const batch = JSON.stringify([[[items.slice(at, at + BATCH).map(shown)]]], undefined, 2);
    yield `${at === 0 ? `      "${name}": [` : ','}${batch.slice(OPENING.length, -CLOSING.length)}`;
  }
  yield '\n      ],\n';
}

/** What JSON writes around the items of a list that is in three others. */
const OPENING = '[\n  [\n    [\n      [';
const CLOSING = '\n      ]\n    ]\n  ]\n]';

const unknownValue = ({ attribute, doc, rules, elements }: Unknown) => ({ attribute, doc, rules, elements });

/** JSON leaves out what is not there. Written out, since a copy by rest and spread takes several times as long. */
export const findingValue = (finding: Finding): z.output<typeof findingOutput> => ({
  rule: finding.ruleId,
  messageId: finding.messageId,
  severity: finding.severity,
  relaxed: finding.relaxed,
  element: finding.element,
  field: finding.field,
  message: finding.message,
  consequence: finding.consequence,
  line: finding.line,
  column: finding.column,
  endLine: finding.endLine,
  endColumn: finding.endColumn,
  fix: finding.fix && { label: finding.fix.label, safe: finding.fix.safe },
});

export const waivedValue = (waived: WaivedFinding): z.output<typeof waivedOutput> => ({
  ...waived,
  finding: findingValue(waived.finding),
});

export const defaultValue = (pass: DefaultPass): z.output<typeof defaultOutput> => ({
  rule: pass.ruleId,
  attribute: pass.attribute,
  value: pass.value,
  why: pass.why,
  elements: [...pass.elements],
});
