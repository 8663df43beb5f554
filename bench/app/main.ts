import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { writeResults } from '../../scripts/bench/results.ts';
import { electronWithApp } from '../../test/e2e/support/runtime.ts';
import { launchPlain } from './plainApp.ts';
import { type Moves, moves, opening, type Pair, starting } from './rounds.ts';

/**
 * The designer in Electron against React Flow alone in the same Electron. `--check`: exit code 1 when a budget is missed;
 * `--write`: renews `bench/RESULTS.md`.
 */
const { values } = parseArgs({
  options: {
    check: { type: 'boolean' },
    write: { type: 'boolean' },
    peers: { type: 'boolean' },
    rounds: { type: 'string', default: '3' },
  },
});
const rounds = Number(values.rounds);
if (!(Number.isInteger(rounds) && rounds >= 1 && rounds <= 99)) {
  console.error('--rounds takes a whole number from 1 to 99.');
  process.exit(2);
}

interface Row {
  readonly what: string;
  readonly own: string;
  readonly plain: string;
  /** What the budget is about: a ratio, or ms that it takes longer. */
  readonly value: number;
  readonly unit: '×' | ' ms more';
  /** Missing = no budget at this size. */
  readonly most?: number;
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

function ratio(what: string, pairs: readonly Pair<number>[], most?: number): Row {
  return {
    what,
    own: ms(median(pairs.map(({ own }) => own))),
    plain: ms(median(pairs.map(({ plain }) => plain))),
    value: median(pairs.map(({ own, plain }) => own / plain)),
    unit: '×',
    ...(most !== undefined && { most }),
  };
}

function longer(what: string, pairs: readonly Pair<number>[], most?: number): Row {
  const row = ratio(what, pairs, most);
  return { ...row, value: median(pairs.map(({ own, plain }) => own - plain)), unit: ' ms more' };
}

function rowsOf(size: number, measured: readonly Moves[]): Row[] {
  const at = `${size.toLocaleString('en')} elements`;
  const budget = (most: number): number | undefined => (size === 1000 ? most : undefined);
  const script = (part: 'pan' | 'panAll' | 'drag') =>
    measured.map((each) => ({ own: each[part].own.script, plain: each[part].plain.script }));
  return [
    ratio(`pan at full size, ${at}: script a frame`, script('pan'), budget(1.2)),
    ratio(`pan with all in view, ${at}: script a frame`, script('panAll'), budget(0.7)),
    ratio(`drag, ${at}: script a move`, script('drag')),
    longer(
      `drag, ${at}: time in long tasks`,
      measured.map(({ drag: { own, plain } }) => ({ own: own.long, plain: plain.long })),
      budget(0),
    ),
    longer(
      `type beside the canvas, ${at}: time in long tasks, against dragging there`,
      measured.map(({ typing, drag }) => ({ own: typing.long, plain: drag.plain.long })),
      budget(0),
    ),
  ];
}

async function repeat<T>(task: () => Promise<T>, times = rounds): Promise<T[]> {
  const results: T[] = [];
  for (let round = 0; round < times; round++) results.push(await task());
  return results;
}

await electronWithApp();
await (await launchPlain()).close();
const rows: Row[] = [];
const loads: number[] = [];
const take = (...more: readonly Row[]): void => {
  rows.push(...more);
  loads.push(loadavg()[0] ?? 0);
  for (const row of more) console.log(line(row));
};
const missed = ({ value, most }: Row): boolean => most !== undefined && !(value <= most);
const line = (row: Row): string => {
  const { what, own, plain, value, unit, most } = row;
  const cell = most === undefined ? '' : `${most}${unit}${missed(row) ? ', missed' : ''}`;
  return `| ${what} | ${own} | ${plain} | ${value.toFixed(unit === '×' ? 2 : 0)}${unit} | ${cell} |`;
};

take(longer('start to a canvas that can be used', await repeat(starting), 1000));
take(ratio('open 5,000 elements', await repeat(() => opening(5000)), 2));
take(...rowsOf(1000, await repeat(() => moves(1000))));
// Without a budget, so once.
take(...rowsOf(5000, await repeat(() => moves(5000), 1)));

if (values.write) {
  const head = '| | designer | React Flow alone | | at most |\n|---|---|---|---|---|';
  const [least, most] = [Math.min(...loads).toFixed(1), Math.max(...loads).toFixed(1)];
  const method = `**Method.** In \`docs/performance.md\`. Median of ${rounds} interleaved pairs, one where there is no budget; load average ${least} to ${most} during them.`;
  writeResults('The designer', `${head}\n${rows.map(line).join('\n')}\n\n${method}`);
}
if (values.check && rows.some(missed)) {
  console.error('The designer is beyond its budget.');
  process.exitCode = 1;
}
