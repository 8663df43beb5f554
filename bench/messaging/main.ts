import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { installPeers } from '../../scripts/bench/install.ts';
import { writeResults } from '../../scripts/bench/results.ts';
import { openAws } from './awsStage.ts';
import { openCeleryRabbit, openCeleryRedis } from './celeryStages.ts';
import { openKafka } from './kafkaStage.ts';
import { openKinesis } from './kinesisStage.ts';
import { isWithinBudget, type Measured, measure, table } from './measure.ts';
import { openRabbit } from './rabbitStage.ts';
import { openRedis } from './redisStage.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import type { Stage } from './stage.ts';
import { Workspace } from './workspace.ts';

/**
 * Services generated from `design.loom.yaml`, on a real RabbitMQ, Kafka and Redis and on emulators of AWS, against
 * programs that do the same by hand. `--check`: exit code 1 when a budget is missed; `--write`: renews
 * `bench/RESULTS.md`; `--peers`: with the libraries of others too; `--only TEXT`: the scenarios with that in their title
 * or the name of their broker.
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

interface Opened {
  on(scenario: Scenario): Stage;
  dispose(): Promise<void>;
}

/** One after the other: they would take the processors from each other. */
const brokers: Readonly<Record<Scenario['broker'], (workspace: Workspace) => Promise<Opened>>> = {
  RabbitMQ: openRabbit,
  Kafka: openKafka,
  'Redis Streams': openRedis,
  'SQS and SNS (emulator)': openAws,
  'Kinesis (emulator)': openKinesis,
  'Celery over Redis': openCeleryRedis,
  'Celery over RabbitMQ': openCeleryRabbit,
};

/** @returns whether all budgets were met */
async function measureAll(of: readonly Scenario[], opened: Opened): Promise<boolean> {
  const results: Measured[] = [];
  const loads: number[] = [];
  for (const scenario of of) {
    results.push(await measure(scenario, opened.on(scenario), rounds));
    loads.push(loadavg()[0] ?? 0);
    console.log(table(results.slice(-1)));
  }
  const [least, most] = [Math.min(...loads).toFixed(1), Math.max(...loads).toFixed(1)];
  const method = `**Method.** In \`docs/performance.md\`. Median of ${rounds} interleaved rounds; load average ${least} to ${most} during them.`;
  if (values.write) writeResults(`Messaging on ${of[0]?.broker}`, `${table(results)}\n\n${method}`);
  return results.every(isWithinBudget);
}

if (values.peers) installPeers();
const workspace = new Workspace();
try {
  const chosen = scenarios(workspace, values.peers ?? false).filter(({ title, broker }) =>
    [title, broker].some((name) => name.includes(values.only)),
  );
  for (const [broker, open] of Object.entries(brokers)) {
    const of = chosen.filter((scenario) => scenario.broker === broker);
    if (of.length === 0) continue;
    const opened = await open(workspace);
    const isWithin = await measureAll(of, opened).finally(() => opened.dispose());
    if (!values.check || isWithin) continue;
    console.error(`${broker}: slower than the budget.`);
    process.exitCode = 1;
  }
} finally {
  workspace.dispose();
}
