import type { Counts } from '../../support/checker.ts';
import {
  notShown,
  type Planned,
  plannedBugs,
  plannedFaults,
  plannedOrders,
  plannedScenarios,
} from './plan.ts';
import { findRow, type Row } from './results.ts';

const columns: readonly (readonly [keyof Counts, string])[] = [
  ['sent', 'sent'],
  ['confirmed', 'confirmed'],
  ['effects', 'effects'],
  ['repeatedEffects', 'repeated effects'],
  ['redeliveries', 'redeliveries'],
  ['dlqRecords', 'dead letters'],
  ['dlqCopies', 'copies of them'],
  ['kills', 'kills'],
  ['cuts', 'cuts'],
  ['faults', 'other faults'],
];

/** The text of `docs/guarantees.md`. */
export function render(rows: readonly Row[]): string {
  const counted = (head: readonly string[], runs: readonly Planned[]): string =>
    table(
      [...head, ...columns.map(([, title]) => title), 'library'],
      runs.map((run) => [...run.cells, ...resultCells(run, rows)]),
    );
  const bugTable = table(
    ['Planted bug', 'What it does', 'Run under', 'Must break', 'The checker says', 'library'],
    plannedBugs.map((bug) => [...bug.cells, ...foundCells(bug, rows)]),
  );
  const dates = rows.map(({ date }) => date).sort();
  const days = [...new Set([dates[0], dates.at(-1)])].filter((day) => day !== undefined);
  return `# Guarantees, as shown

Made by \`npm run test:faults\` from what its runs have come to${days.length > 0 ? ` (${days.join(' to ')})` : ''}; do not edit it.
Each row is a run of generated services, as processes of their own, on a real broker: one sends without pause, two
instances of one service and one of another handle. The fault strikes while they work and is healed, everything is
drained, and a checker reads the history of all sends, confirmations, handler starts, effects and dead letters.

The last column names the library of the run: a hash of its code in \`runtime/\` as far as the broker of the row uses it,
comments, types and layout left out. \`npm run test:faults -- --check\` fails unless every row is of the library as it is.

## What is checked in every run

- **L** No confirmed message is lost: each has had its effect or is a dead letter, for every consumer.
- **U** Nothing has an effect that was not sent.
- **D** Deliveries beyond one are explained by the faults. An effect is repeated only where a process was killed between
  the effect and its done-mark in Redis: at most what it had in flight.
- **O** The first effects of a key are in the order of its sends, where the design asks for it: email on
  Kafka and on Redis Streams.
- **S** Every send is confirmed or fails; none stays open.
- **Q** Poison is in the dead-letter channel once, with body, headers, reason and number of attempts; its neighbours are not.
- **W** The fault met work: a killed process held messages that were handed out again, a cut met open connections.

Besides, where the table says so: **R** work goes on within the lease and 15 s after the fault is healed; **B** what is
held at a time, and memory, stay bounded.

## Faults

${counted(['Fault', 'What happens', 'Must hold', 'Broker'], [...plannedFaults, ...plannedScenarios])}

Counts are of messages; effects, redeliveries and dead letters are counted for each consumer. Copies of a dead letter come
from a crash between confirmation and acknowledgement; they share one id, and the tools take them for one.

## All at once

The services of \`examples/orders.loom.yaml\`: two instances each of those that are killed, RabbitMQ and Kafka killed and
started again, connections cut, poison among the orders.

${counted(['Consumers of a', 'On', 'With'], plannedOrders)}

## Planted bugs

Whether the checker would notice. Each is a change of the copy of the library in the generated workspace, which is then run
as above; without the change the same run breaks nothing, which is a row of the table of faults.

${bugTable}

## Not shown

${notShown.map((line) => `- ${line}`).join('\n')}
`;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((cells) => cells.map(escaped))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function resultCells(run: Planned, rows: readonly Row[]): string[] {
  const row = findRow(rows, run);
  const first = row?.passed ? undefined : missing(row);
  const counted = columns.map(([name]) => row?.counts?.[name].toLocaleString('en') ?? '');
  return [...(first === undefined ? counted : [first, ...counted.slice(1)]), library(row)];
}

function foundCells(run: Planned, rows: readonly Row[]): string[] {
  const row = findRow(rows, run);
  if (!row?.passed) return [missing(row), library(row)];
  const found = Object.entries(row.found ?? {}).map(([invariant, message]) => `**${invariant}** ${message}`);
  return [found.join('; '), library(row)];
}

const missing = (row: Row | undefined): string => (row === undefined ? '*not run*' : '**failed**');

const library = (row: Row | undefined): string => (row === undefined ? '' : `\`${row.hash.slice(0, 8)}\``);
