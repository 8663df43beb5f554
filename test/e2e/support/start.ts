import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { end } from './display.ts';
import { root } from './root.ts';

/** The browser that shows the web app in tests; Debian's by default. */
export const chromiumPath = process.env['BROKERLOOM_CHROMIUM'] ?? '/usr/bin/chromium';

/** `npm start` as a user runs it. */
export interface Started {
  /** The first line of output that matches; throws when the process ends without one. */
  line(pattern: RegExp): Promise<string>;
  /** Everything printed so far. */
  output(): string;
  /** Exit code, once the process has ended by itself. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** Runs `scripts/start.ts` with these arguments and this addition to the environment (undefined removes a variable). */
export function start(args: readonly string[], env: Record<string, string | undefined>): Started {
  const child: ChildProcess = spawn(process.execPath, [join(root, 'scripts', 'start.ts'), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let look = () => {};
  const collect = (chunk: string) => {
    output += chunk;
    look();
  };
  child.stdout?.setEncoding('utf8').on('data', collect);
  child.stderr?.setEncoding('utf8').on('data', collect);
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return {
    output: () => output,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        look = () => {
          const found = output.split('\n').find((line) => pattern.test(line));
          if (found !== undefined) resolve(found);
        };
        look();
        void ended.then((code) =>
          reject(new Error(`ended with ${code} and no line like ${pattern}:\n${output}`)),
        );
      }),
    stop: () => end(child, 'SIGTERM'),
  };
}
