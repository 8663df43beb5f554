import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyFixes } from '../../core/review/fix.ts';
import { reviewable } from '../core/rules/tester.ts';
import { exampleText } from '../generators/support.ts';
import { Workspace } from './support.ts';

let workspace: Workspace;
beforeAll(async () => {
  const { text } = applyFixes(reviewable(exampleText('naive')), {}, 'suggested');
  workspace = await Workspace.install(text);
});
afterAll(() => workspace?.dispose());

test('a design that was repaired by its fixes, and nothing else, generates a workspace that type-checks', async () => {
  expect(await workspace.run('npx', 'tsc', '--noEmit')).toMatchObject({ code: 0 });
});
