/** Renews the pictures of the documentation from the real app, which must pass its tests of looks for that. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './e2e/support/root.ts';

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'e2e', 'test/e2e/pictures.test.ts'],
  {
    cwd: root,
    env: { ...process.env, BROKERLOOM_PICTURES: 'docs' },
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
