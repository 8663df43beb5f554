import type { Counts } from '../../support/checker.ts';
import type { Hashes } from './hash.ts';
import { notShown, type Planned, plannedBugs, plannedFaults } from './plan.ts';
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
export function render(rows: readonly Row[], hashes: Hashes): string {
  const faultTable = table(
    ['Fault', '', 'Must hold', 'Broker', ...columns.map(([, title]) => title)],
    plannedFaults.map((planned) => [...planned.cells, ...resultCells(planned, rows, hashes)]),
  );
  const bugTable = table(
    ['Planted bug', 'What it does', 'Run under', 'Must break', 'The checker says'],
    plannedBugs.map((planned) => [...planned.cells, foundCell(planned, rows, hashes)]),
  );
  const dates = rows.map(({ date }) => date).sort();
  const days = [...new Set([dates[0], dates.at(-1)])].filter((day) => day !== undefined);
  return `# Guarantees, as shown

Made by \`npm run test:faults\` from what its runs have come to${days.length > 0 ? ` (${days.join(' to ')})` : ''}; do not edit it. Each row is a run of
generated services, as processes of their own, on a real broker: one sends without pause, two instances of one service
and one of another handle. The fault strikes while they work and is healed, everything is drained, and a checker reads
the history of all sends, confirmations, handler starts, effects and dead letters.

A row is of the library as it is now: its code in \`runtime/\` has the hash \`${hashes.rabbitmq}\` (RabbitMQ) or \`${hashes.kafka}\` (Kafka),
comments, types and layout left out. *Not run for this version* says that there is no such run.

## What is checked in every run

- **L** No confirmed message is lost: each has had its effect or is a dead letter, for every consumer.
- **U** Nothing has an effect that was not sent.
- **D** Deliveries beyond one are explained by the faults. An effect is repeated only where a process was killed between
  the effect and its done-mark in Redis: at most what it had in flight.
- **S** Every send is confirmed or fails; none stays open.
- **Q** Poison is in the dead-letter channel once, with body, headers, reason and number of attempts; its neighbours are not.
- **W** The fault met work: a killed process held messages that were handed out again, a cut met open connections.

Besides, where the column says so: **R** work goes on within the lease and 15 s after the fault is healed; **B** what is held
at a time stays bounded; **O** the order of a key is kept.

## Faults

${faultTable}

Counts are of messages; effects, redeliveries and dead letters are counted for each consumer. Copies of a dead letter come
from a crash between confirmation and acknowledgement; they share one id, and the tools take them for one.

## Planted bugs

Whether the checker would notice. Each is a change of the copy of the library in the generated workspace, which is then run
as above; without the change the same run breaks nothing.

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

function resultCells(planned: Planned, rows: readonly Row[], hashes: Hashes): string[] {
  const { counts } = currentRow(planned, rows, hashes);
  if (counts !== undefined) return columns.map(([name]) => counts[name].toLocaleString('en'));
  return [missing(planned, rows, hashes), ...columns.slice(1).map(() => '')];
}

function foundCell(planned: Planned, rows: readonly Row[], hashes: Hashes): string {
  const { found } = currentRow(planned, rows, hashes);
  if (found === undefined) return missing(planned, rows, hashes);
  return Object.entries(found)
    .map(([invariant, message]) => `**${invariant}** ${message}`)
    .join('; ');
}

function currentRow(planned: Planned, rows: readonly Row[], hashes: Hashes): Partial<Row> {
  const row = findRow(rows, planned);
  return row?.passed && row.hash === hashes[planned.scope] ? row : {};
}

function missing(planned: Planned, rows: readonly Row[], hashes: Hashes): string {
  const row = findRow(rows, planned);
  return row?.hash === hashes[planned.scope] ? '**failed**' : '*not run for this version*';
}
