import { parseArgs } from 'node:util';
import { runProject } from './lib/vitest.ts';

/** `npm run soak [-- --minutes N]`: the tests of memory, for ten minutes each instead of one. Exit 1 when a heap grows. */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const minutes = Number(values.minutes);
if (!(minutes >= 1 && minutes <= 1_440)) {
  console.error('--minutes takes a number from 1 to 1440.');
  process.exit(2);
}
process.env['LOOM_SOAK_SECONDS'] = String(minutes * 60);
const { passed, failed, skipped } = await runProject('brokers', ['test/brokers/heap.test.ts']);
console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
