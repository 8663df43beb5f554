import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithBrokers } from '../brokers/support/require.ts';
import type { CheckReport } from '../support/checker.ts';
import { ownScenarios, plantedId, scenarioId } from './guarantees/plan.ts';
import { record } from './guarantees/record.ts';
import type { PlantedBug, Scenario } from './planted/bug.ts';
import { plant } from './planted/plant.ts';
import { plantedBugs } from './planted/registry.ts';
import { type Field, keyStoreField, outboxField } from './planted/workspaces.ts';
import { CALM, ProbeRun } from './support/probe.ts';

/**
 * Known mistakes, put into the generated copy of the library one after the other: the checker has to report each. A
 * checker that finds nothing in the matrix would otherwise prove nothing. The matrix runs its own faults without a bug.
 */
/** More follow for as long as it takes. */
const LEAST = 300;

const bugs = Object.entries<PlantedBug>(plantedBugs).map(([id, bug]) => ({ id, ...bug }));

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

    it.each(own.map(({ scenario }) => scenario).filter((scenario) => ownScenarios.includes(scenario)))(
      'without a bug nothing is broken by $title',
      async (scenario) => {
        const passed = record(scenarioId(scenario), 'rabbitmq');
        const report = await observe(field, scenario);
        console.info(`${scenario.title}:`, JSON.stringify(report.counts));
        expect(report.violations).toEqual([]);
        passed(report);
      },
    );
  });
}

/** One run, checked. What the scenario itself would verify is left to the checker. */
async function observe({ probe, rabbit, clear }: Field, scenario: Scenario): Promise<CheckReport> {
  const run = new ProbeRun(probe, LEAST, CALM);
  Object.assign(run.settings, scenario.settings);
  try {
    await run.startConsumers();
    await run.startSender();
    const { verify: _, ...plan } = await scenario.run(run, rabbit);
    return await run.verdict(plan);
  } catch (error) {
    await run.fleet.dispose();
    // A run that was drained leaves nothing, and it takes long to ask each queue.
    await probe.side.clear();
    throw error;
  } finally {
    await run.fleet.terminate().catch(() => run.fleet.dispose());
    await clear();
  }
}
