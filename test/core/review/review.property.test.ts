import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyFixes } from '../../../core/review/fix.ts';
import { review } from '../../../core/review/review.ts';
import { applyEdits } from '../../../core/text/compose.ts';
import { editText } from '../../../core/text/edit.ts';
import { load } from '../../../core/text/load.ts';
import { reviewable } from '../rules/tester.ts';
import { mistakenDesigns, textOf } from './mistaken.ts';

test('any design is reviewed, each suggestion can be carried out, and safe fixes end with none left', () => {
  fc.assert(
    fc.property(mistakenDesigns, fc.constantFrom<'block' | 'flow'>('block', 'flow'), (sections, style) => {
      const subject = reviewable(textOf(sections, style));
      const report = review(subject);
      for (const { message, line, column } of report.findings) {
        expect(message).not.toMatch(/[{}]/);
        expect(line).toBeGreaterThan(0);
        expect(column).toBeGreaterThan(0);
      }
      for (const { fix } of report.findings) {
        const edits = fix ? editText(subject.source, fix.patches()) : undefined;
        if (edits)
          expect(edits.ok && load(applyEdits(subject.source.text, edits.value)).problems).toEqual([]);
      }
      const fixed = applyFixes(subject);
      const after = reviewable(fixed.text);
      expect(review(after).counts.fixable).toBe(0);
      expect(applyFixes(after)).toEqual({ text: fixed.text, edits: [], applied: [] });
    }),
    { numRuns: 60 },
  );
}, 60_000);
