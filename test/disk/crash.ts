import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { next } from './crash-trees.ts';

/**
 * The process of `crash.test.ts`: writes the second version of a workspace and dies by SIGKILL right before its n-th
 * change of a name, counted over renames and deletions.
 */
const [, , out = '', n = ''] = process.argv;
let left = Number(n);
const counted =
  <A extends unknown[], R>(change: (...args: A) => R) =>
  (...args: A): R => {
    if (--left === 0) process.kill(process.pid, 'SIGKILL');
    return change(...args);
  };
fs.rename = counted(fs.rename);
fs.unlink = counted(fs.unlink);
syncBuiltinESMExports();

const { applyWrite, planWrite } = await import('../../disk/index.ts');
const plan = await planWrite(out, next, { generator: '1' });
if (!plan.ok) throw new Error(JSON.stringify(plan.error));
const written = await applyWrite(plan.value);
if (!written.ok) throw new Error(JSON.stringify(written.error));
