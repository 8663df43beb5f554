import { expect, test } from 'vitest';
import { ExportToken } from '../../../../core/contract/ipc.ts';
import { ExportTargets } from '../../../../electron/main/files/exports.ts';

test('a target is known by a token that nobody guesses, and is good for one export', () => {
  const targets = new ExportTargets();
  const target = { path: '/shop.md', picture: '/shop.svg' };
  const token = targets.add(target);
  expect(ExportToken.safeParse(token).success).toBe(true);
  expect(token).not.toBe(targets.add(target));
  expect(targets.take(token)).toEqual(target);
  expect(() => targets.take(token)).toThrow('LOOM_EXPORT_UNKNOWN');
});
