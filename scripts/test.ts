import { checkSteps } from './lib/check-steps.ts';
import { sourceFiles } from './lib/files.ts';
import { root, runSteps, type Step } from './lib/steps.ts';
import { runProject, type Tally } from './lib/vitest.ts';

/**
 * `npm test [-- PART…] [--VITEST-OPTION…]`: the checks, then the test projects one after the other, since brokers and
 * Electron do not share two cores well. Ends with what failed and `N passed, N failed, N skipped`, in which a check or a build counts
 * like a test. With `CI=true` a skipped test or a project without tests fails the run.
 */
interface Part {
  name: string;
  /** Checks, or what the project's tests need built. */
  steps: Step[];
  project?: string;
}

const cli: Step = { name: 'cli', command: 'node', args: ['scripts/prepare.ts'] };
const app: Step = { name: 'app', command: 'npm', args: ['run', '--silent', 'build:app'] };

const allParts: Part[] = [
  { name: 'checks', steps: checkSteps },
  { name: 'unit', steps: [], project: 'unit' },
  { name: 'property', steps: [], project: 'property' },
  { name: 'workspace', steps: [cli], project: 'workspace' },
  { name: 'brokers', steps: [cli], project: 'brokers' },
  { name: 'e2e', steps: hasTests('e2e') ? [cli, app] : [], project: 'e2e' },
];

const given = process.argv.slice(2);
const options = given.filter((arg) => arg.startsWith('-'));
const parts = select(given.filter((arg) => !arg.startsWith('-')));
const ci = process.env['CI'] === 'true';
const total: Tally = { passed: 0, failed: 0, failures: [], skipped: [] };
let tests = 0;

for (const { name, steps, project } of parts) {
  console.log(`\n${name}`);
  const failed = await runSteps(steps);
  const failures = failed.map((step) => `${name}: ${step}`);
  add({ passed: steps.length - failed.length, failed: failed.length, failures, skipped: [] });
  if (!project) continue;
  const result = await runProject(project, options);
  const ran = result.passed + result.failed;
  tests += ran;
  add(result);
  if (ci && ran === 0) add({ passed: 0, failed: 1, failures: [`${name}: no test ran`], skipped: [] });
}

console.log();
for (const failure of total.failures) console.log(`FAILED ${failure}`);
for (const test of total.skipped) console.log(`SKIPPED ${test}`);
const nothingShown = tests === 0 && parts.some(({ project }) => project);
if (nothingShown) console.error('no test ran');
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
process.exitCode = total.failed > 0 || nothingShown || (ci && total.skipped.length > 0) ? 1 : 0;

function add({ passed, failed, failures, skipped }: Tally): void {
  total.passed += passed;
  total.failed += failed;
  total.failures.push(...failures);
  total.skipped.push(...skipped);
}

function select(names: readonly string[]): Part[] {
  const unknown = names.filter((name) => !allParts.some((part) => part.name === name));
  if (unknown.length > 0) {
    console.error(
      `no such part: ${unknown.join(', ')}; there are ${allParts.map(({ name }) => name).join(', ')}`,
    );
    process.exit(2);
  }
  return allParts.filter(({ name }) => names.length === 0 || names.includes(name));
}

function hasTests(project: string): boolean {
  return sourceFiles(root, [`test/${project}`]).some((file) => file.endsWith('.test.ts'));
}
