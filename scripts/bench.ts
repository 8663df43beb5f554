import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Measured, measure, tasks } from './bench/measure.ts';
import { type Compared, comparePeers, peerTable } from './bench/peers.ts';
import { writeResults } from './bench/results.ts';
import { root, stepEnv } from './lib/steps.ts';

/**
 * `npm run bench [-- review] [messaging] [app]`: what reading, one edit and a review cost at 100, 1,000 and 10,000
 * elements; how fast generated services send and receive; and how the designer moves beside React Flow alone. With `--check` the exit code is 1 beyond a budget; with `--write`
 * the results go to `bench/RESULTS.md`. `--peers` compares with the programs of others, which it installs into `.peers`:
 * the command line with Spectral, instead of the first; services with rascal, besides.
 */
const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' }, write: { type: 'boolean' }, peers: { type: 'boolean' } },
  allowPositionals: true,
});
const parts = ['review', 'messaging', 'app'];
const unknown = positionals.find((part) => !parts.includes(part));
if (unknown !== undefined) {
  console.error(`There is no benchmark ${unknown}. Choose among ${parts.join(', ')}, or none for all.`);
  process.exit(2);
}
const isChosen = (part: string): boolean => positionals.length === 0 || positionals.includes(part);

const RUNS = 5;
/** How many times as much an element may cost at the largest size as at the smallest. */
const BUDGET = 1.5;
/** Share of the judgements that one edit of 1,000 elements may have passed again. */
const SHARE = 0.05;

function own(): void {
  // Once through everything beforehand: the first size would otherwise pay for compiling the code.
  measure(1000, 1);
  const results = [100, 1000, 10_000].map((size) => measure(size, RUNS));
  const [small, large] = [results[0], results.at(-1)] as [Measured, Measured];
  const perElement = ({ median, elements }: Measured, task: (typeof tasks)[number]): number =>
    (median[task] * 1000) / elements;

  const rows = tasks.map((task) => {
    const ratio = perElement(large, task) / perElement(small, task);
    const cells = results.map(
      (result) => `${result.median[task].toFixed(1)} ms (${perElement(result, task).toFixed(1)} µs)`,
    );
    return { ratio, text: `| ${task} | ${cells.join(' | ')} | ${ratio.toFixed(2)} |` };
  });
  const table = [
    `| | ${results.map(({ elements }) => `${elements.toLocaleString('en')} elements`).join(' | ')} | per element, largest : smallest |`,
    '|---|---|---|---|---|',
    ...rows.map(({ text }) => text),
  ].join('\n');
  console.log(table);
  const parsed = Math.max(...results.map((result) => result.parsed));
  console.log(`One edit parses ${parsed} of the entries again.`);

  const share = Math.max(
    ...results.filter(({ elements }) => elements >= 1000).map(({ judged }) => judged.again / judged.all),
  );
  const judged = `At most ${(100 * share).toFixed(1)} % of the judgements are passed again after one edit, from 1,000 elements.`;
  console.log(judged);

  if (values.write) writeResults('Reading and reviewing', report(table, parsed, judged));
  if (values.check && (parsed > 1 || share > SHARE || rows.some(({ ratio }) => ratio > BUDGET))) {
    console.error(
      `Beyond the budget: ${BUDGET} per element, one entry parsed and ${100 * SHARE} % judged again after one edit.`,
    );
    process.exitCode = 1;
  }
}

const report = (table: string, parsed: number, judged: string): string => `${table}

One edit parses ${parsed} of the entries again. Budget of the last column: ${BUDGET}.

${judged} Budget: ${100 * SHARE} %.

**Method.** A generated design of queues, each with a binding, a producer, a consumer and a position
(\`scripts/bench/designs.ts\`). *open* reads the text and checks it; *edit* sets one attribute in an open document
through its command; *lint* reviews the design with all rules; *review an edit* reviews it again after one. A judgement
is that of one rule on one element; one on the whole design counts as often as there are elements in the sections that it
looks at; the edits are of every kind of element. Median of ${RUNS} runs after a warm-up, in processor time
of the process, garbage collection included; in brackets the cost of one element.`;

/** Budget at 1,000 channels, in the version that Spectral asks for: how many times faster, and what part of the memory. */
const PEER = { channels: 1000, version: '3.1.0', faster: 8, memory: 1 / 3 } as const;

function peers(): void {
  const compared = comparePeers();
  if (values.write) writeResults('Against Spectral', peerReport(compared));
  if (values.check && beyondBudget(compared)) {
    console.error(`Beyond the budget: ${PEER.faster}× faster in a third of the memory.`);
    process.exitCode = 1;
  }
}

/** Whether each of the two budgets is met. */
function verdict(compared: readonly Compared[]): { readonly time: boolean; readonly memory: boolean } {
  const { own, peer } =
    compared.find(({ channels, version }) => channels === PEER.channels && version === PEER.version) ?? {};
  return {
    time: !own || !peer || peer.cpu / own.cpu >= PEER.faster,
    memory: !own || !peer || own.rss / peer.rss <= PEER.memory,
  };
}

function beyondBudget(compared: readonly Compared[]): boolean {
  const { time, memory } = verdict(compared);
  return !time || !memory;
}

const said = (isMet: boolean): string => (isMet ? 'met' : 'missed');

const peerReport = (compared: readonly Compared[]): string => `${peerTable(compared)}

Budget at 1,000 channels, AsyncAPI 3.1: ${PEER.faster}× faster, which is ${said(verdict(compared).time)}, in a third of the memory, which is ${said(verdict(compared).memory)}.

**Method.** \`brokerloom lint --format json\` against \`spectral lint --format json\` with its AsyncAPI ruleset (versions in
\`bench/peers/package.json\`) on the same topology, once as a design and once as AsyncAPI
(\`scripts/bench/asyncapi.ts\`): for each channel a producer and a consumer, for every ten an exchange, a message and a flow.
Version 3.1 is the one that Spectral asks for, and like a design it has producers and consumers of their own; in 2.6, where
they are parts of a channel, Spectral has less to do, so one row has that.
Each run is a process of its own that writes to a file: processor time from its start to its end, and the most memory it
held. Median of 3 interleaved pairs; one pair at 10,000 channels. Both have something to say about each channel: Spectral
twice, that an operation is not described; Brokerloom four times, that nobody watches the queue, besides eleven checks
for each channel that pass by a generated default, which its JSON lists by rule. The two do not look at the same things:
Spectral checks that a document is well-formed and complete, Brokerloom what the system will do. Node's compile cache
holds the code of Brokerloom from the run before.`;

/** In a process of its own, since its sources build on those of the tests, as these do on the scripts. */
function apart(part: 'messaging' | 'app'): void {
  const flags = Object.entries(values).flatMap(([name, given]) => (given ? [`--${name}`] : []));
  const { status } = spawnSync('node', [join(root, `bench/${part}/main.ts`), ...flags], {
    env: stepEnv(),
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}

if (isChosen('review')) {
  if (values.peers) peers();
  else own();
}
if (isChosen('messaging')) apart('messaging');
if (isChosen('app')) apart('app');
