import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyFixes } from '../../core/review/fix.ts';
import { reviewable } from '../core/rules/tester.ts';
import { exampleText } from '../generators/support.ts';
import { Workspace } from './support.ts';

let workspace: Workspace;
const fixed = applyFixes(reviewable(exampleText('naive')));
beforeAll(async () => {
  workspace = await Workspace.install(fixed.text);
});
afterAll(() => workspace?.dispose());

test('a design that was repaired by its safe fixes generates a workspace that type-checks', async () => {
  expect(fixed.applied.length).toBeGreaterThan(3);
  expect(await workspace.run('npx', 'tsc', '--noEmit')).toEqual({ code: 0, output: '' });
});
