import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { installPeers } from '../../scripts/bench/install.ts';
import { writeResults } from '../../scripts/bench/results.ts';
import { kafkaStage } from './kafkaStage.ts';
import { isWithinBudget, type Measured, measure, table } from './measure.ts';
import { rabbitStage } from './rabbitStage.ts';
import { many, type Scenario, scenarios, single } from './scenarios.ts';
import type { Stage } from './stage.ts';
import { Workspace } from './workspace.ts';

/**
 * Services generated from `design.loom.yaml`, on a real RabbitMQ, Kafka and Redis, against programs that do the same by
 * hand. `--check`: exit code 1 when a budget is missed; `--write`: renews `bench/RESULTS.md`; `--peers`: with the
 * libraries of others too; `--only TEXT`: the scenarios with that in their title.
 */
const { values } = parseArgs({
  options: {
    check: { type: 'boolean' },
    write: { type: 'boolean' },
    peers: { type: 'boolean' },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
  },
});
const rounds = Number(values.rounds);
if (!(Number.isInteger(rounds) && rounds >= 1 && rounds <= 99)) {
  console.error('--rounds takes a whole number from 1 to 99.');
  process.exit(2);
}

if (values.peers) installPeers();
const loads: number[] = [];

async function all(workspace: Workspace): Promise<Measured[]> {
  const chosen = scenarios(workspace, values.peers ?? false).filter(({ title }) =>
    title.includes(values.only),
  );
  const of = (broker: Scenario['broker']) => chosen.filter((scenario) => scenario.broker === broker);
  const results: Measured[] = [];
  const measureAll = async (some: readonly Scenario[], stageOf: (scenario: Scenario) => Stage) => {
    for (const scenario of some) {
      results.push(await measure(scenario, stageOf(scenario), rounds));
      loads.push(loadavg()[0] ?? 0);
      console.log(table(results.slice(-1)));
    }
  };
  const rabbits = of('rabbitmq');
  if (rabbits.length > 0) {
    const rabbit = await rabbitStage(workspace);
    await measureAll(rabbits, ({ queue = '' }) => rabbit.on(queue)).finally(() => rabbit.dispose());
  }
  // One broker at a time: they would take the processors from each other.
  const logs = of('kafka');
  if (logs.length > 0) {
    const kafka = await kafkaStage(workspace);
    await measureAll(logs, () => kafka).finally(() => kafka.dispose());
  }
  return results;
}

const report = (results: readonly Measured[]): string => `${table(results)}

**Method.** The services are generated from \`bench/messaging/design.loom.yaml\` and run as they are, with metrics on; the
user's code in them only counts. What they are compared with is in \`bench/baselines\` and \`bench/peers\`, and sends and
takes the same messages of 1 KiB: validated against the schema, with the same headers, persistent, confirmed, 256 at
once. *All at once* is what a careful author would write by hand: confirms or acknowledgements of many at a time, calls
of the store in one pipeline, but without deadlines, renewal of leases, retries, dead letters and metrics. *One at a
time* awaits each confirm, or handles and acknowledges each message before the next. Duplicates are suppressed by a claim
and a done-mark in Redis (\`appendfsync everysec\`). Each run is a process of its own; ${thousands(many.messages)} messages are
measured (one at a time: ${thousands(single.messages)}) after a warm-up, by the clock, the processor time of the process
besides. The ratio is the median over ${rounds} interleaved rounds. A run whose messages are not all at the broker, or
not all settled there, fails. Brokers, clients and whatever else the machine did share its cores: load average
${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)} during the runs.`;

const thousands = (value: number): string => value.toLocaleString('en');

const workspace = new Workspace();
try {
  const results = await all(workspace);
  if (values.write) writeResults('Messaging', report(results));
  if (values.check && !results.every(isWithinBudget)) {
    console.error('Slower than the budget.');
    process.exitCode = 1;
  }
} finally {
  workspace.dispose();
}
