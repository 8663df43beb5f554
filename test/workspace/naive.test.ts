import { afterAll, beforeAll, expect, test } from 'vitest';
import { review } from '../../core/review/review.ts';
import { applyEdits } from '../../core/text/compose.ts';
import { editText } from '../../core/text/edit.ts';
import { reviewable } from '../core/rules/tester.ts';
import { exampleText } from '../generators/support.ts';
import { Workspace } from './support.ts';

/** Its fix sets `onFailure: park-key`, which is not generated yet. */
const BEYOND_GENERATION = 'ordering/retry-reorders';

/** A design after every fix that is offered, the suggested ones too, one after the other. */
function repaired(text: string): string {
  for (let round = 0; round < 200; round++) {
    const subject = reviewable(text);
    const edits = review(subject).findings.flatMap(({ ruleId, fix }) => {
      const made = fix && ruleId !== BEYOND_GENERATION ? editText(subject.source, fix.patches()) : undefined;
      return made?.ok && made.value.length > 0 ? [made.value] : [];
    })[0];
    if (!edits) return text;
    text = applyEdits(text, edits);
  }
  throw new Error('The fixes do not come to an end.');
}

/** What no fix can decide: nobody wants what is published to this exchange. */
function withoutAudit(text: string): string {
  const edits = editText(reviewable(text).source, [
    { op: 'remove', path: ['producers', 'audit-log'] },
    { op: 'remove', path: ['exchanges', 'audit'] },
  ]);
  if (!edits.ok) throw new Error(edits.error.message);
  return applyEdits(text, edits.value);
}

let workspace: Workspace;
const text = withoutAudit(repaired(exampleText('naive')));
beforeAll(async () => {
  workspace = await Workspace.install(text);
});
afterAll(() => workspace?.dispose());

test('a design that was repaired by its fixes generates a workspace that type-checks', async () => {
  const left = review(reviewable(text)).findings.filter(({ fix }) => fix);
  expect(left.filter(({ ruleId }) => ruleId !== BEYOND_GENERATION)).toEqual([]);
  expect(await workspace.run('npx', 'tsc', '--noEmit')).toMatchObject({ code: 0 });
});
