import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root, stepEnv } from './steps.ts';

/** What a run of tests, or of checks, came to. */
export interface Tally {
  passed: number;
  failed: number;
  /** What failed, and the beginning of why: repeated at the end of a run, where logs are cut last. */
  failures: string[];
  /** Full names; a suite that was skipped for want of something says so in its name. */
  skipped: string[];
}

/** The part of Vitest's JSON report (Jest's format) that is used here. */
export interface JsonReport {
  testResults: {
    name: string;
    status: 'passed' | 'failed';
    message?: string;
    assertionResults: {
      fullName: string;
      status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled';
      failureMessages?: string[];
    }[];
  }[];
}

/** Enough of a failure for its message and the first places of its stack. */
const linesOfReason = 20;

/** Runs one project of `vitest.config.ts`, shown live, and adds up what it reports. */
export async function runProject(project: string, args: readonly string[]): Promise<Tally> {
  const dir = mkdtempSync(join(tmpdir(), 'brokerloom-report-'));
  const report = join(dir, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const child = spawn('vitest', ['run', '--project', project, '--passWithNoTests', ...reporters, ...args], {
      cwd: root,
      env: stepEnv(),
      stdio: 'inherit',
    });
    const [code] = await once(child, 'close');
    return tally(JSON.parse(readFileSync(report, 'utf8')) as JsonReport, code === 0);
  } catch (error) {
    const reason = `${project}: no report: ${error instanceof Error ? error.message : error}`;
    return { passed: 0, failed: 1, failures: [reason], skipped: [] };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/**
 * Counts a report. A file that failed outside its tests (an import, a hook) counts as one failure, and so does a run
 * that ended badly without any failed test (an unhandled rejection).
 */
export function tally({ testResults }: JsonReport, endedWell: boolean): Tally {
  const sum: Tally = { passed: 0, failed: 0, failures: [], skipped: [] };
  const fail = (what: string, why = ''): void => {
    sum.failed += 1;
    sum.failures.push([what, ...why.split('\n', linesOfReason)].join('\n  ').trimEnd());
  };
  for (const { name, status, message, assertionResults } of testResults) {
    const file = relative(root, name);
    for (const test of assertionResults) {
      const fullName = `${file}: ${test.fullName}`;
      if (test.status === 'passed') sum.passed += 1;
      else if (test.status === 'failed') fail(fullName, test.failureMessages?.[0]);
      else sum.skipped.push(fullName);
    }
    if (status === 'failed' && assertionResults.every((test) => test.status !== 'failed'))
      fail(file, message);
  }
  if (!endedWell && sum.failed === 0) fail('the run ended badly without a failed test: see its errors above');
  return sum;
}
