import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
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

test('the hooks are commands that there are', async () => {
  for (const { entry, files } of await read('.pre-commit-hooks.yaml')) {
    const [, ...args] = entry.split(' ');
    expect(new RegExp(files).test('designs/shop.loom.yaml')).toBe(true);
    const ran = spawnSync(process.execPath, [inject('cli'), ...args, 'examples/orders.loom.yaml'], {
      cwd: root,
    });
    // 2 would be a command or an option that there is not.
    expect([0, 1], entry).toContain(ran.status);
  }
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
