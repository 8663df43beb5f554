import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { generated } from '../generators/support.ts';
import { writeTree } from '../generators/write.ts';

export interface Finished {
  readonly code: number;
  /** Both streams. */
  readonly output: string;
}

/** The generated workspace of a design in a folder outside of this repository, with its packages installed. */
export class Workspace {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** What stands in a folder already, by whoever put it there. */
  static in(folder: string): Workspace {
    return new Workspace(folder);
  }

  static async install(design: string): Promise<Workspace> {
    const workspace = new Workspace(mkdtempSync(join(tmpdir(), 'brokerloom-workspace-')));
    writeTree(workspace.folder, generated(design));
    const install = ['install', '--no-audit', '--no-fund', '--prefer-offline'];
    const { code, output } = await workspace.run('npm', ...install);
    if (code !== 0) throw new Error(output);
    return workspace;
  }

  /** Runs a command with this repository's Node first on the path: the workspace needs a newer one than some systems have. */
  run(command: string, ...args: string[]): Promise<Finished> {
    const path = [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter);
    const { NODE_OPTIONS: _, ...env } = process.env;
    return new Promise((done) => {
      const options = { cwd: this.folder, env: { ...env, PATH: path }, maxBuffer: 64 * 1024 ** 2 };
      execFile(command, args, options, (error, stdout, stderr) => {
        done({
          code: typeof error?.code === 'number' ? error.code : error ? -1 : 0,
          output: stdout + stderr,
        });
      });
    });
  }

  /** Changes a file for the time of one action, then puts it back. */
  async with<T>(path: string, edit: (text: string) => string, action: () => Promise<T>): Promise<T> {
    const file = join(this.folder, path);
    const text = readFileSync(file, 'utf8');
    const changed = edit(text);
    if (changed === text) throw new Error(`The edit of ${path} changes nothing.`);
    writeFileSync(file, changed);
    try {
      return await action();
    } finally {
      writeFileSync(file, text);
    }
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** The same commands in another folder. */
  at(folder: string): Workspace {
    return new Workspace(folder);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
