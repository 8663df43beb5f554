import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Hashes, runtimeHashes } from './hash.ts';
import { planned } from './plan.ts';
import { problems } from './problems.ts';
import { render } from './render.ts';
import { mergeRows, type Noted, type Row } from './results.ts';

/*
 * `begin FILE`: a file for the notes of a run, with the version of the library that it starts with.
 * `merge FILE`: what was noted there into docs/guarantees.json and docs/guarantees.md.
 * `render`: docs/guarantees.md from docs/guarantees.json.
 * `check [--current]`: exit code 1 unless every run is there and has passed, and the page says so; with `--current`, also
 * unless they are of the library as it is. Those take most of an hour, so a change may land before they are renewed.
 */
const root = join(import.meta.dirname, '..', '..', '..');
const json = join(root, 'docs', 'guarantees.json');
const page = join(root, 'docs', 'guarantees.md');
const [command, argument = ''] = process.argv.slice(2);

const readRows = (): Row[] => (existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')).rows : []);

function merge(): void {
  const [begun = '', ...lines] = readFileSync(argument, 'utf8').trimEnd().split('\n');
  const version = JSON.parse(begun) as { hashes: Hashes; date: string };
  const noted = lines.map((line) => JSON.parse(line) as Noted);
  const known = readRows().filter((row) =>
    planned.some(({ id, scope }) => id === row.id && scope === row.scope),
  );
  const rows = mergeRows(known, noted, version);
  writeFileSync(json, `${JSON.stringify({ rows }, null, 2)}\n`);
  writePage();
}

function begin(): void {
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(argument, `${JSON.stringify({ hashes: runtimeHashes(root), date })}\n`);
}

function writePage(): void {
  writeFileSync(page, render(readRows()));
}

function check(): void {
  const rows = readRows();
  const { wrong, stale } = problems(planned, rows, runtimeHashes(root));
  for (const line of [...wrong, ...stale]) console.error(line);
  if (wrong.length > 0 || (argument === '--current' && stale.length > 0)) {
    console.error(
      'docs/guarantees.md has to come from runs: run npm run test:faults, or what is missing of it by --shard I/N or ' +
        '-t PATTERN, and commit docs/guarantees.*.',
    );
    process.exitCode = 1;
  } else if (!existsSync(page) || readFileSync(page, 'utf8') !== render(rows)) {
    console.error(
      'docs/guarantees.md is not what docs/guarantees.json says: npm run test:faults -- --render writes it.',
    );
    process.exitCode = 1;
  }
}

const commands: Readonly<Record<string, () => void>> = { begin, merge, render: writePage, check };
const run = commands[command ?? ''];
if (run === undefined) throw new Error(`begin FILE, merge FILE, render or check, not ${command}`);
run();
