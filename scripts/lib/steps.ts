import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** One command of a check, found in `node_modules/.bin` first. */
export interface Step {
  name: string;
  command: string;
  args: string[];
}

interface Outcome {
  ok: boolean;
  output: string;
  seconds: number;
}

/** The environment of every step: the project's own tools and Node before the machine's. */
export function stepEnv(): NodeJS.ProcessEnv {
  const bin = join(root, 'node_modules', '.bin');
  return { ...process.env, PATH: [bin, process.env['PATH']].join(delimiter) };
}

/**
 * Runs all steps, also after a failure, with one line each; a failed step's output follows its line.
 * @returns the names of what failed
 */
export async function runSteps(steps: readonly Step[]): Promise<string[]> {
  const failed: string[] = [];
  for (const step of steps) {
    const { ok, output, seconds } = await runStep(step);
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${step.name.padEnd(10)} ${seconds.toFixed(1)} s`);
    if (!ok) {
      failed.push(step.name);
      console.log(output.trimEnd());
    }
  }
  return failed;
}

function runStep({ command, args }: Step): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: stepEnv(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: string): void => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    const settle = (ok: boolean): void =>
      resolve({ ok, output, seconds: (performance.now() - started) / 1000 });
    child.on('error', (error) => {
      output += `${command}: ${error.message}`;
      settle(false);
    });
    child.on('close', (code) => settle(code === 0));
  });
}
