import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Reading } from './load.ts';

/** One of those that are compared. */
export interface Program {
  readonly file: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly warmUp: number;
  readonly messages: number;
  readonly inFlight: number;
  /** Where it is no program of Node. */
  readonly run?: typeof run;
}

export interface Speed {
  /** Messages in a second. */
  readonly rate: number;
  /** Microseconds of processor time of the program for each message. */
  readonly cpu: number;
}

/** A program that has not ended by then never will. */
export const limitMs = 180_000;

/** Runs a program from its start to its end. @throws when it fails or does not end */
export async function run(program: Program, env: Readonly<Record<string, string>>): Promise<Speed> {
  const { file, cwd, warmUp, messages, inFlight } = program;
  const child = fork(file, {
    ...(cwd === undefined ? {} : { cwd }),
    env: {
      PATH: process.env['PATH'],
      LOG_LEVEL: 'warn',
      ...env,
      ...program.env,
      BENCH_WARM_UP: String(warmUp),
      BENCH_MESSAGES: String(messages),
      BENCH_IN_FLIGHT: String(inFlight),
    },
    silent: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  const exited = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const readings: Reading[] = [];
  child.on('message', (reading: Reading) => {
    if (readings.push(reading) === 2) child.kill('SIGTERM');
  });
  const [code, signal] = await exited;
  clearTimeout(timer);
  const [start, end] = readings;
  // The signal may meet one that is just ending by itself.
  const hasEnded = code === 0 || signal === 'SIGTERM';
  if (!hasEnded || start === undefined || end === undefined)
    throw new Error(`${file} ended with ${code ?? signal}:\n${output.slice(-4_000)}`);
  return speedBetween(start, end, messages);
}

export const speedBetween = (start: Reading, end: Reading, messages: number): Speed => ({
  rate: messages / ((end.wall - start.wall) / 1_000),
  cpu: ((end.cpu - start.cpu) * 1_000) / messages,
});
