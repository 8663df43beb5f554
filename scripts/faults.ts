import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { guarantees } from './lib/guarantees.ts';
import { runSteps, type Step } from './lib/steps.ts';
import { runProject } from './lib/vitest.ts';

/**
 * `npm run test:faults [-- --shard I/N] [-t PATTERN]`: every fault of the matrix on every broker, against generated
 * services that run as processes of their own, the planted bugs, and 20,000 orders through the services of
 * `examples/orders.loom.yaml` on four brokers. `npm test` runs the part of them that is marked so. What the runs have
 * come to goes to `docs/guarantees.json` and `.md`; a part renews its own rows. Exit 1 when something does not hold.
 *
 * `--check` runs nothing: exit 1 unless that table is of the library as it is. `--render` writes the page anew.
 */
const { values } = parseArgs({
  options: {
    shard: { type: 'string', default: '1/1' },
    only: { type: 'string', short: 't' },
    check: { type: 'boolean' },
    render: { type: 'boolean' },
  },
});
if (values.check || values.render)
  await runAll([values.check ? guarantees('check', '--current') : guarantees('render')]);
else await runFaults(values.shard, values.only);

async function runFaults(shard: string, only: string | undefined): Promise<void> {
  const [index, of] = (/^(\d+)\/(\d+)$/.exec(shard) ?? []).slice(1).map(Number);
  if (index === undefined || of === undefined || index < 1 || index > of) {
    console.error('--shard takes a part of a whole, such as 1/4.');
    process.exitCode = 2;
    return;
  }
  const dir = mkdtempSync(join(tmpdir(), 'brokerloom-notes-'));
  const notes = join(dir, 'notes.ndjson');
  process.env['FAULTS'] = shard;
  process.env['FAULTS_NOTES'] = notes;
  try {
    const cli: Step = { name: 'cli', command: 'node', args: ['scripts/prepare.ts'] };
    // In this order: the version noted is the one that the workspaces get.
    if (!(await runAll([cli, guarantees('begin', notes)]))) return;
    const whole = index === 1 ? ['test/faults/orders.test.ts', 'test/faults/planted.test.ts'] : [];
    const filter = only === undefined ? [] : ['-t', only];
    const tally = await runProject('brokers', ['test/faults/matrix/', ...whole, ...filter]);
    const written = await runAll([guarantees('merge', notes)]);
    console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`);
    process.exitCode = written && tally.failed === 0 && tally.passed > 0 ? 0 : 1;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function runAll(steps: readonly Step[]): Promise<boolean> {
  const failed = await runSteps(steps);
  if (failed.length > 0) process.exitCode = 1;
  return failed.length === 0;
}
