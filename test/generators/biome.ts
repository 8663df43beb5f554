import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OutputTree } from '../../generators/index.ts';
import { writeTree } from './write.ts';

/** Layout of generated code; the rules are Biome's recommended ones. */
const CONFIGURATION = {
  formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 110 },
  javascript: { formatter: { quoteStyle: 'single' } },
};

/** What Biome finds in a tree, the copied library left out; empty when there is nothing to change. `format`: layout only. */
export function biomeFindings(tree: OutputTree, command: 'check' | 'format' = 'check'): string {
  const folder = mkdtempSync(join(tmpdir(), 'brokerloom-biome-'));
  try {
    writeTree(folder, new Map([...tree].filter(([path]) => !/^messaging\/.*\.ts$/.test(path))));
    writeFileSync(join(folder, 'biome.json'), `${JSON.stringify(CONFIGURATION, null, 2)}\n`);
    const entry = createRequire(import.meta.url).resolve('@biomejs/biome/package.json');
    const biome = join(dirname(entry), 'bin', 'biome');
    execFileSync(
      process.execPath,
      [
        biome,
        command,
        '--error-on-warnings',
        '--max-diagnostics=50',
        'contracts',
        'services',
        'tools',
        'brokers',
        'package.json',
        'tsconfig.json',
      ],
      {
        cwd: folder,
        stdio: 'pipe',
      },
    );
    return '';
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    return `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
