import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithBrokers } from '../brokers/support/require.ts';
import type { CheckReport } from '../support/checker.ts';
import { plantedId } from './guarantees/plan.ts';
import { record } from './guarantees/record.ts';
import { faults } from './matrix/registry.ts';
import type { PlantedBug, Scenario } from './planted/bug.ts';
import { plant } from './planted/plant.ts';
import { plantedBugs } from './planted/registry.ts';
import { type Field, keyStoreField, outboxField } from './planted/workspaces.ts';
import { ProbeRun } from './support/probe.ts';

/**
 * Known mistakes, put into the generated copy of the library one after the other: the checker has to report each. A
 * checker that finds nothing in the matrix would otherwise prove nothing.
 */
const COUNT = 600;

const bugs = Object.entries<PlantedBug>(plantedBugs).map(([id, bug]) => ({ id, ...bug }));
/** What the matrix shows with every `npm test` is not run again without its bug. */
const inMatrix: readonly Scenario[] = faults.filter(({ always }) => always);

const fields = [
  { workspace: 'key-store', brokers: ['rabbitmq', 'redis'], make: keyStoreField },
  { workspace: 'outbox', brokers: ['rabbitmq', 'redis', 'postgres'], make: outboxField },
] as const;

for (const { workspace, brokers, make } of fields) {
  describeWithBrokers(`bugs planted into a workspace with ${workspace}`, { brokers, control: true }, () => {
    const own = bugs.filter((bug) => bug.workspace === workspace);
    let field: Field;

    beforeAll(async () => {
      field = await make();
    });

    afterAll(() => field?.dispose());

    it.each(own)('$title: $breaks is broken', async (bug) => {
      const passed = record(plantedId(bug.id), 'rabbitmq');
      const messaging = join(field.probe.workspace.dir, 'messaging');
      const unplant = plant(messaging, bug.patches);
      const report = await observe(field, bug.scenario).finally(unplant);
      console.info(`${bug.title}:`, JSON.stringify(report.counts));
      expect(report.violations.map(({ invariant }) => invariant)).toContain(bug.breaks);
      passed(report);
    });

    it.each(own.map(({ scenario }) => scenario).filter((scenario) => !inMatrix.includes(scenario)))(
      'without a bug nothing is broken by $title',
      async (scenario) => {
        const report = await observe(field, scenario);
        expect(report.violations).toEqual([]);
      },
    );
  });
}

/** One run, checked. What the scenario itself would verify is left to the checker. */
async function observe({ probe, rabbit }: Field, scenario: Scenario): Promise<CheckReport> {
  const run = new ProbeRun(probe, COUNT);
  Object.assign(run.settings, scenario.settings);
  try {
    await run.startConsumers();
    await run.startSender();
    const { verify: _, ...plan } = await scenario.run(run, rabbit);
    return await run.verdict(plan);
  } finally {
    await run.fleet.terminate().catch(() => run.fleet.dispose());
    await probe.side.clear();
  }
}
