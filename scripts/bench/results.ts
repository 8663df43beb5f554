import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../lib/steps.ts';

const file = join(root, 'bench', 'RESULTS.md');
const HEAD = '# Results of `npm run bench`';

/** Writes one section of `bench/RESULTS.md` and leaves the others as they are. */
export function writeResults(title: string, text: string): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8').split(/^## /m).slice(1) : [];
  const others = before.filter((section) => !section.startsWith(`${title}\n`));
  const sections = [...others, `${title}\n\n${text.trim()}\n\n${machine()}\n`].sort();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, [HEAD, ...sections.map((section) => `## ${section.trim()}`)].join('\n\n').concat('\n'));
}

const machine = (): string =>
  `**Machine.** ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${process.platform === 'linux' ? 'Linux' : process.platform} ${release()}, Node ${process.versions.node}.`;
