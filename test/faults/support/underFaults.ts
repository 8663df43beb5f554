import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Broker } from '../../brokers/support/broker.ts';
import { type BrokerName, describeWithBrokers } from '../../brokers/support/require.ts';
import { FaultProxy } from '../../support/proxy.ts';
import { faultId } from '../guarantees/plan.ts';
import { record } from '../guarantees/record.ts';
import type { ProbeBroker } from '../matrix/fault.ts';
import { faults } from '../matrix/registry.ts';
import { Workspace } from '../workspace.ts';
import { CALM, type Probe, ProbeRun } from './probe.ts';
import { sides } from './sides.ts';
import { startStore } from './store.ts';

const [shard, shards] = (process.env['FAULTS'] ?? '').split('/').map(Number);
const chosen = faults.filter(({ always }, at) =>
  shards === undefined ? always : at % shards === (shard ?? 1) - 1,
);
/** Messages of a run with `npm test`, and how much may wait; a worker of Python takes several times as long for one. */
const MESSAGES = { count: 1_200, pace: {} };
const TASKS = { count: 600, pace: { order: { BACKLOG: '1500' } } };
/** What a broker of the matrix, its services and their store are run by. */
const needs = {
  rabbitmq: ['rabbitmq', 'redis'],
  kafka: ['kafka', 'redis'],
  kinesis: ['kinesis', 'redis'],
  redis: ['redis'],
  sqs: ['sqs', 'redis'],
  celery: ['redis', 'python'],
  'celery-rabbitmq': ['rabbitmq', 'redis', 'python'],
} as const satisfies Readonly<Record<ProbeBroker, readonly BrokerName[]>>;
/** More follow for as long as the fault takes. */
const LEAST = 300;

/**
 * Every fault against the services of one generated workspace, as separate processes on a real broker. The rows marked
 * `always` run with `npm test`, all of them with `npm run test:faults`.
 */
export function underFaults(broker: ProbeBroker): void {
  const side = sides[broker];
  const { count, pace } = broker.startsWith('celery') ? TASKS : MESSAGES;
  describeWithBrokers(`${broker} under faults`, { brokers: needs[broker], control: true }, () => {
    let probe: Probe;
    let store: Broker;
    let run: ProbeRun | undefined;

    beforeAll(async () => {
      const workspace = await Workspace.generate(`test/faults/designs/${broker}.loom.yaml`);
      workspace.writeProbe();
      await workspace.npm('run', 'setup');
      await workspace.exec('npx', 'tsc', '--noEmit');
      store = await startStore(workspace);
      const storeProxy = await FaultProxy.start(store.url);
      probe = { workspace, side: await side(workspace, store), store, storeProxy };
    });

    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await heal(probe);
      // Members that say goodbye leave their group at once.
      await run?.fleet.terminate().catch(() => run?.fleet.dispose());
      if (run) await probe.side.clear();
      run = undefined;
    });

    afterAll(async () => {
      await probe?.side.dispose();
      await probe?.storeProxy.stop();
      await store?.dispose();
    });

    it.each(
      chosen
        .filter(({ brokers }) => brokers.includes(broker))
        .map((fault) => [fault.number, fault.title, fault] as const),
    )('%i: %s', async (_number, _title, fault) => {
      const passed = record(faultId(fault.number), broker);
      run = fault.always ? new ProbeRun(probe, count, pace) : new ProbeRun(probe, LEAST, CALM);
      Object.assign(run.settings, fault.settings);
      await run.startConsumers();
      await run.startSender();
      const result = await run.verdict(await fault.run(run));
      console.info(`fault ${fault.number} on ${broker}:`, JSON.stringify(result.counts));
      // The first few say it; thousands would bury it.
      expect(result.violations.slice(0, 5), `${result.violations.length} violations`).toEqual([]);
      passed(result);
    });
  });
}

/** A run that has failed may have left its fault behind. */
async function heal({ side, store, storeProxy }: Probe): Promise<void> {
  for (const proxy of [side.proxy, storeProxy]) {
    proxy.conditions = {};
    proxy.reset();
    proxy.heal();
  }
  for (const broker of [side.broker, store]) {
    if (broker.pid === undefined) await broker.start();
    else await broker.resume();
  }
  await side.restoreTopology();
}
