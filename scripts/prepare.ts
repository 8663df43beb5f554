import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/steps.ts';

/**
 * `npm run prepare`, which `npm ci` calls: bundles the command line, so that `npx brokerloom` works in a fresh clone.
 * Silent, and without effect where the development dependencies are not installed (`npm ci --omit=dev`).
 */
const output = join(root, 'dist', 'cli.js');
const vite = await import('vite').catch(() => undefined);
if (vite) {
  await vite.build({ configFile: join(root, 'build', 'vite.cli.ts') }).catch((error: Error) => {
    console.error(`the command line could not be bundled: ${error.message}`);
    process.exit(1);
  });
  const code = readFileSync(output, 'utf8');
  if (!code.startsWith('#!')) writeFileSync(output, `#!/usr/bin/env node\n${code}`);
  chmodSync(output, 0o755);
}
