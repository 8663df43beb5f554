import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from './support.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = async (file: string) => parse(await readFile(join(root, file), 'utf8'));

/** Runs what the action runs, over files in a folder of its own. */
async function act(files: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>>) {
  const cwd = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
  const action = await temporaryFolder();
  await mkdir(join(action, 'dist'));
  await symlink(inject('cli'), join(action, 'dist', 'cli.js'));
  const summary = join(action, 'summary.md');
  const { status, stdout, stderr } = spawnSync('bash', [join(root, 'scripts', 'review.sh')], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
      GITHUB_ACTION_PATH: action,
      GITHUB_STEP_SUMMARY: summary,
      ...inputs,
    },
  });
  return { cwd, status, stdout, stderr, summary: () => readFile(summary, 'utf8') };
}

const DESIGN = 'brokerloom: 1\ndesign: { name: a }\nbrokers:\n  b: { kind: rabbitmq, colour: red }\n';

test('every input reaches the script as a variable, and none as code', async () => {
  const { inputs, runs } = await read('action.yml');
  const scripts: { run?: string; env?: Record<string, string> }[] = runs.steps;
  expect(scripts.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  const passed = Object.values(scripts.at(-1)?.env ?? {});
  expect(passed).toEqual(Object.keys(inputs).map((name) => `\${{ inputs.${name} }}`));
  const script = await readFile(join(root, 'scripts', 'review.sh'), 'utf8');
  for (const name of Object.keys(scripts.at(-1)?.env ?? {})) expect(script).toContain(`\${${name}:-`);
});

/** A clone of the project as pre-commit keeps it, with an `npm` that leaves behind what the real one would. */
async function hookClone() {
  const clone = await temporaryFolder();
  await mkdir(join(clone, 'scripts'));
  await copyFile(join(root, 'scripts', 'hook.sh'), join(clone, 'scripts', 'hook.sh'));
  const bin = join(clone, 'bin');
  await mkdir(bin);
  const npm = `#!/bin/sh\necho "npm $*" >>"${clone}/calls"\nmkdir -p node_modules dist\nln -s "${inject('cli')}" dist/cli.js\n`;
  await writeFile(join(bin, 'npm'), npm, { mode: 0o755 });
  return { clone, path: `${bin}:${dirname(process.execPath)}:${process.env['PATH']}` };
}

test('the hooks build the command line once, and run commands that there are', async () => {
  const { clone, path } = await hookClone();
  const cwd = await temporaryFolder();
  await copyFile(join(root, 'examples', 'orders.loom.yaml'), join(cwd, 'orders.loom.yaml'));
  await copyFile(join(root, 'examples', 'naive.loom.yaml'), join(cwd, 'naive.loom.yaml'));
  const run = (entry: string, file: string) => {
    const [script = '', ...args] = entry.split(' ');
    return spawnSync(join(clone, script), [...args, file], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
    });
  };
  const hooks = await read('.pre-commit-hooks.yaml');
  for (const { entry, files } of hooks) {
    expect(new RegExp(files).test('designs/shop.loom.yaml')).toBe(true);
    expect(run(entry, 'orders.loom.yaml'), entry).toMatchObject({ status: 0, stderr: '' });
  }
  expect(run(hooks[0].entry, 'naive.loom.yaml')).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('naive.loom.yaml:'),
  });
  expect(await readFile(join(clone, 'calls'), 'utf8')).toBe('npm ci --no-audit --no-fund --silent\n');
});

test('the action builds the command line in its own folder', async () => {
  const { clone, path } = await hookClone();
  const { runs } = await read('action.yml');
  const [{ run }] = runs.steps.filter(({ name }: { name?: string }) => name === 'Build the command line');
  const ran = spawnSync('bash', ['-e', '-c', run], {
    cwd: await temporaryFolder(),
    env: { ...process.env, PATH: path, GITHUB_ACTION_PATH: clone },
  });
  expect(ran.status).toBe(0);
  expect(existsSync(join(clone, 'dist', 'cli.js'))).toBe(true);
});

test('findings are shown, summed up and written as SARIF', async () => {
  const ran = await act(
    { 'a.loom.yaml': DESIGN, 'b.loom.yaml': DESIGN },
    { FAIL_ON: 'warn', SARIF: 'out.sarif' },
  );
  expect(ran.status).toBe(1);
  expect(ran.stdout).toContain('::warning file=a.loom.yaml,line=4,');
  expect(ran.stdout).toContain('::warning file=b.loom.yaml,line=4,');
  expect(await ran.summary()).toContain('## Design review: 0 errors, 2 warnings');
  const sarif = JSON.parse(await readFile(join(ran.cwd, 'out.sarif'), 'utf8'));
  expect(sarif.runs[0].results).toHaveLength(2);
});

test('what is no design fails the step with its problem', async () => {
  const ran = await act({ 'a.loom.yaml': 'a: 1\n' }, { FILES: '\na.loom.yaml\n' });
  expect(ran).toMatchObject({ status: 2, stderr: expect.stringMatching(/^LOOM_FORMAT a\.loom\.yaml/) });
});

test('hostile inputs are no commands', async () => {
  const ran = await act({ 'a.loom.yaml': DESIGN }, { FILES: '$(touch hacked); `touch hacked`\n--fix' });
  expect(ran.status).toBe(2);
  expect(execFileSync('ls', [ran.cwd], { encoding: 'utf8' })).toBe('a.loom.yaml\n');
});
