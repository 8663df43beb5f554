import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { reapDir } from '../support/reaper.ts';

const run = promisify(execFile);

/** A generated workspace in a temporary folder, with the user's part of the code written by the test. */
export class Workspace {
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  /** Generates a design with the command line, as a user does, and installs what it needs. */
  static async generate(design: string): Promise<Workspace> {
    const dir = join(mkdtempSync(join(tmpdir(), 'brokerloom-workspace-')), 'workspace');
    reapDir(join(dir, '..'));
    await run('node', ['dist/cli.js', 'generate', design, '--out', dir]);
    const workspace = new Workspace(dir);
    await workspace.npm('install', '--no-audit', '--no-fund', '--prefer-offline');
    return workspace;
  }

  /** PATH and HOME alone, with the project's Node first: nothing else of the caller's shell. */
  get env(): Record<string, string> {
    const path = [resolve('node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
    return { PATH: path, HOME: process.env['HOME'] ?? '' };
  }

  async npm(...args: string[]): Promise<string> {
    return this.exec('npm', ...args);
  }

  async exec(command: string, ...args: string[]): Promise<string> {
    const env = { ...process.env, ...this.env };
    return (await run(command, args, { cwd: this.dir, env, maxBuffer: 64 * 1024 * 1024 })).stdout;
  }

  /** Runs a script of the workspace as the operator, with further settings. */
  async script(env: Readonly<Record<string, string>>, name: string, ...args: string[]): Promise<string> {
    const settings = Object.entries(env).map(([key, value]) => `${key}=${value}`);
    return this.exec('env', ...settings, 'npm', 'run', '-s', name, '--', ...args);
  }

  /** Writes a file of the user's own, such as a handler. */
  write(path: string, content: string): void {
    const target = join(this.dir, path);
    mkdirSync(join(target, '..'), { recursive: true });
    writeFileSync(target, content);
  }

  copy(source: string, path: string): void {
    cpSync(source, join(this.dir, path));
  }

  /**
   * Writes what a team writes itself: the order service's traffic, and handlers of payment and email that leave a trace
   * of every effect.
   */
  writeProbe(): void {
    const handler = (type: string, name: string, consumer: string): string =>
      `import type { ${type} } from '../types.ts';
import { handle } from '../work.ts';

export const ${name}: ${type} = (message, { attempt }) => handle('${consumer}', message, attempt);
`;
    this.copy('test/faults/user-code/app.ts', 'services/order/src/app.ts');
    this.write(
      'services/payment/src/handlers/take-payment.ts',
      handler('TakePayment', 'takePayment', 'take-payment'),
    );
    this.write('services/email/src/handlers/send-email.ts', handler('SendEmail', 'sendEmail', 'send-email'));
    for (const service of ['order', 'payment', 'email']) {
      this.copy('test/support/history.ts', `services/${service}/src/history.ts`);
      if (service !== 'order') this.copy('test/faults/user-code/work.ts', `services/${service}/src/work.ts`);
    }
  }

  /** User name and password that `npm run setup` has made for a service at a broker. */
  secretOf(user: string, prefix: string): { username: string; password: string } {
    const values = parseEnv(readFileSync(join(this.dir, `secrets/${user}.env`), 'utf8'));
    return { username: values[`${prefix}_USERNAME`] ?? '', password: values[`${prefix}_PASSWORD`] ?? '' };
  }
}
