import { checkSteps } from './lib/check-steps.ts';
import { sourceFiles } from './lib/files.ts';
import { root, runSteps, type Step } from './lib/steps.ts';
import { runProject, type Tally } from './lib/vitest.ts';

/**
 * `npm test [-- PART…] [-- --VITEST-OPTION…]`: the checks, then the test projects one after the other, since brokers
 * and Electron do not share two cores well. Ends with `N passed, N failed, N skipped`, in which a check or a build
 * counts as one test. With `CI=true` a skipped test or an empty project fails the run.
 */
const build: Record<string, Step> = {
  cli: { name: 'cli', command: 'node', args: ['scripts/prepare.ts'] },
  app: { name: 'app', command: 'npm', args: ['run', '--silent', 'build:app'] },
};
const hasTests = (project: string): boolean =>
  sourceFiles(root, [`test/${project}`]).some((file) => file.endsWith('.test.ts'));

async function steps(list: readonly (Step | undefined)[]): Promise<Tally> {
  const real = list.filter((step) => step !== undefined);
  const failed = await runSteps(real);
  return { passed: real.length - failed, failed, skipped: [] };
}

const parts: Record<string, (args: string[]) => Promise<Tally[]>> = {
  checks: async () => [await steps(checkSteps)],
  unit: async (args) => [await runProject('unit', args)],
  workspace: async (args) => [await steps([build['cli']]), await runProject('workspace', args)],
  brokers: async (args) => [await steps([build['cli']]), await runProject('brokers', args)],
  e2e: async (args) => [await steps(hasTests('e2e') ? [build['app']] : []), await runProject('e2e', args)],
};

const given = process.argv.slice(2);
const names = given.filter((arg) => !arg.startsWith('-'));
const options = given.filter((arg) => arg.startsWith('-'));
const unknown = names.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}

const ci = process.env['CI'] === 'true';
const total: Tally = { passed: 0, failed: 0, skipped: [] };
for (const name of names.length > 0 ? names : Object.keys(parts)) {
  console.log(`\n${name}`);
  const tallies = await (parts[name] as (typeof parts)[string])(options);
  for (const { passed, failed, skipped } of tallies) {
    total.passed += passed;
    total.failed += failed;
    total.skipped.push(...skipped);
  }
  const last = tallies.at(-1);
  if (ci && last && last.passed + last.failed + last.skipped.length === 0) {
    console.error(`FAIL ${name}: there are no tests in it`);
    total.failed += 1;
  }
}

console.log();
for (const test of total.skipped) console.log(`SKIPPED ${test}`);
const bad = total.failed > 0 || total.passed === 0 || (ci && total.skipped.length > 0);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
process.exitCode = bad ? 1 : 0;
