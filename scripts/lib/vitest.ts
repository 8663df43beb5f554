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
    }[];
  }[];
}

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
    console.error(`${project}: no report: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: [] };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/**
 * Counts a report. A file that failed outside its tests (an import, a hook) counts as one failure, and so does a run
 * that ended badly without any failed test (an unhandled rejection).
 */
export function tally({ testResults }: JsonReport, endedWell: boolean): Tally {
  const sum: Tally = { passed: 0, failed: 0, skipped: [] };
  for (const file of testResults) {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed').length;
    sum.passed += file.assertionResults.filter(({ status }) => status === 'passed').length;
    sum.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
    for (const { status, fullName } of file.assertionResults) {
      if (status !== 'passed' && status !== 'failed')
        sum.skipped.push(`${relative(root, file.name)}: ${fullName}`);
    }
  }
  if (!endedWell && sum.failed === 0) sum.failed = 1;
  return sum;
}
