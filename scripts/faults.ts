import { parseArgs } from 'node:util';
import { runSteps } from './lib/steps.ts';
import { runProject } from './lib/vitest.ts';

/**
 * `npm run test:faults [-- --shard I/N]`: every fault of the matrix on every broker, against generated services that run
 * as processes of their own, and 20,000 orders through the services of `examples/orders.loom.yaml` on four brokers. `npm test` runs the part of them that is marked so. Exit 1 when something does not hold.
 */
const { values } = parseArgs({ options: { shard: { type: 'string', default: '1/1' } } });
const [index, of] = (/^(\d+)\/(\d+)$/.exec(values.shard) ?? []).slice(1).map(Number);
if (index === undefined || of === undefined || index < 1 || index > of) {
  console.error('--shard takes a part of a whole, such as 1/4.');
  process.exit(2);
}
process.env['FAULTS'] = values.shard;
const failed = await runSteps([{ name: 'cli', command: 'node', args: ['scripts/prepare.ts'] }]);
if (failed > 0) process.exit(1);
const files =
  index === 1 ? ['test/faults/matrix.test.ts', 'test/faults/orders.test.ts'] : ['test/faults/matrix.test.ts'];
const tally = await runProject('brokers', files);
console.log(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`);
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;
