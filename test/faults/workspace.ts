import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { python } from '../brokers/support/python.ts';
import { reapDir } from '../support/reaper.ts';

const run = promisify(execFile);

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

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
    this.copy('test/support/history.ts', 'services/order/src/history.ts');
    if (this.#isWorker('payment')) {
      this.#writeWorkers();
      return;
    }
    this.write(
      'services/payment/src/handlers/take-payment.ts',
      handler('TakePayment', 'takePayment', 'take-payment'),
    );
    this.write('services/email/src/handlers/send-email.ts', handler('SendEmail', 'sendEmail', 'send-email'));
    for (const service of ['payment', 'email']) {
      this.copy('test/support/history.ts', `services/${service}/src/history.ts`);
      this.copy('test/faults/user-code/work.ts', `services/${service}/src/work.ts`);
    }
  }

  #isWorker(service: string): boolean {
    return existsSync(join(this.dir, 'workers', service));
  }

  #writeWorkers(): void {
    for (const [service, consumer] of [
      ['payment', 'take-payment'],
      ['email', 'send-email'],
    ] as const) {
      const source = `workers/${service}/${service}_worker`;
      this.copy('test/faults/user-code/celery/work.py', `${source}/work.py`);
      this.write(
        `${source}/handlers/${consumer.replace('-', '_')}.py`,
        `from functools import partial\n\nfrom ..work import handle as work\n\nhandle = partial(work, '${consumer}')\n`,
      );
    }
  }

  /** How one instance of a service is started, with the password of its user. */
  async programOf(service: string): Promise<Program> {
    if (!this.#isWorker(service))
      return {
        command: 'node',
        args: [`--env-file=secrets/${service}.env`, `services/${service}/src/main.ts`],
        env: {},
      };
    const secrets = parseEnv(readFileSync(join(this.dir, `secrets/${service}.env`), 'utf8'));
    const path = ['messaging', service].map((folder) => join(this.dir, 'workers', folder)).join(delimiter);
    return {
      command: await python(),
      args: ['-m', `${service}_worker`],
      env: { ...(secrets as Record<string, string>), PYTHONPATH: path },
    };
  }

  /** User name and password that `npm run setup` has made for a service at a broker. */
  secretOf(user: string, prefix: string): { username: string; password: string } {
    const values = parseEnv(readFileSync(join(this.dir, `secrets/${user}.env`), 'utf8'));
    return { username: values[`${prefix}_USERNAME`] ?? '', password: values[`${prefix}_PASSWORD`] ?? '' };
  }
}
