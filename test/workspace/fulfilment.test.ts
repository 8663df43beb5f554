import { cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleText } from '../generators/support.ts';
import { TestProcess } from '../support/process.ts';
import { Workspace } from './support.ts';

describe('the workspace of fulfilment', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.install(exampleText('fulfilment'));
  });
  afterAll(() => workspace?.dispose());

  test('type-checks', async () => {
    const { code, output } = await workspace.run('npx', 'tsc', '--noEmit');
    expect(output).not.toContain('error');
    expect(code).toBe(0);
  });

  test('type-checks the handlers against the contracts', async () => {
    const path = 'services/payment/src/handlers/take-payment.ts';
    const { code, output } = await workspace.with(
      path,
      (text) => text.replace(' = message;', ' = message;\n  message.data.totalCents.trim();'),
      () => workspace.run('npx', 'tsc', '--noEmit'),
    );
    expect(code).not.toBe(0);
    expect(output).toContain(`${path}(`);
    expect(output).toContain("Property 'trim' does not exist on type 'number'");
  });

  test('passes its own tests: three for each message of a consumer, one for each of a producer', async () => {
    const { code, output } = await workspace.run('npm', 'test');
    expect(output).toMatch(/pass 29\b/);
    expect(output).toMatch(/fail 0\b/);
    expect(output).toMatch(/skipped 0\b/);
    expect(code).toBe(0);
  });

  test('has tests that notice a missing binding', async () => {
    const { code, output } = await workspace.with(
      'brokers/work/definitions.json',
      (text) => {
        const definitions = JSON.parse(text);
        const bindings = definitions.bindings.filter((b: { source: string }) => b.source !== 'picking');
        const exchanges = definitions.exchanges.map((e: { name: string }) => ({ ...e, arguments: {} }));
        return JSON.stringify({ ...definitions, bindings, exchanges });
      },
      () => workspace.run('npm', 'test'),
    );
    expect(code).not.toBe(0);
    expect(output).toMatch(/fail 1\b/);
    expect(output).toContain('pickList sends pick.requested to a queue');
  });

  test('shows all services at work on brokers in memory', async () => {
    const { code, output } = await workspace.run('npm', 'run', 'demo', '--', '--count', '50');
    expect(output).toContain('payment.take-payment: 50 handled');
    expect(output).toContain('email.send-email: 150 handled');
    expect(output).toContain('demo: 250 sent, 0 not sent, 400 handled, 0 dead-lettered');
    expect(code).toBe(0);
  });

  test('makes bodies of the schema where the design has no example, if they fit', async () => {
    const demo = () => workspace.run('npm', 'run', 'demo', '--', '--count', '10');
    const without = (type: string) => workspace.with(`contracts/examples/${type}.json`, () => '[]\n', demo);
    expect((await without('order.paid')).output).toContain('demo: 50 sent, 0 not sent');
    // Nothing is invented that matches the pattern of its currency.
    expect((await without('order.created')).output).toContain('demo: 40 sent, 0 not sent');
  });

  test('the demo fails when a handler does, and counts the dead letters', async () => {
    const { code, output } = await workspace.with(
      'services/labels/src/handlers/print-label.ts',
      (text) =>
        `import { NonRetryableError } from '@fulfilment/messaging';\n${text.replace(
          ' = message;',
          " = message;\n  if (type) throw new NonRetryableError('out of paper');",
        )}`,
      () => workspace.run('npm', 'run', 'demo', '--', '--count', '10'),
    );
    expect(output).toContain('labels.print-label: 0 handled');
    expect(output).toContain('demo: 50 sent, 0 not sent, 70 handled, 10 dead-lettered');
    expect(code).toBe(1);
  });

  test('runs on while it is worked on: a changed handler is at work without a restart by hand', async () => {
    const path = [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter);
    const dev = await TestProcess.start('node', ['tools/dev.ts'], {
      cwd: workspace.folder,
      env: { PATH: path },
    });
    await dev.waitOutput(/demo: \d+ sent, [1-9]\d* handled so far/);
    await workspace.with(
      'services/labels/src/handlers/print-label.ts',
      (text) => text.replace(' = message;', " = message;\n  if (type) console.log('labels are printed');"),
      () => dev.waitOutput(/labels are printed/),
    );
    expect((await dev.terminate()).code).toBe(0);
    expect(await workspace.run('node', 'tools/dev.ts', 'nobody')).toMatchObject({ code: 2 });
  });

  test('refuses a wrong number of messages and a Node that is too old, in one line each', async () => {
    expect(await workspace.run('node', 'tools/demo.ts', '--count', 'many')).toEqual({
      code: 2,
      output: '--count takes a whole number of 1 or more.\n',
    });
    const pretend = "Object.defineProperty(process.versions, 'node', { value: '22.17.1' })";
    expect(await workspace.run('node', '-e', `${pretend}; require('./tools/node-version.cjs')`)).toEqual({
      code: 1,
      output: 'This workspace needs Node 22.22 or newer; this is Node 22.17.1.\n',
    });
  });

  test('an image holds all that a service needs', async () => {
    // What the Dockerfile does, with the same files and commands, in place of an engine that builds it.
    const steps = workspace.read('services/payment/Dockerfile').split('\n');
    const copies = steps.filter((line) => line.startsWith('COPY ')).map((line) => line.split(' ').slice(1));
    expect(copies.flatMap((words) => words.slice(0, -1))).toEqual([
      'package.json',
      'package-lock.json',
      'contracts',
      'messaging',
      'services',
    ]);
    expect(steps).toContain('RUN npm ci --omit=dev');
    expect(steps).toContain('USER node');
    expect(steps.find((line) => line.startsWith('HEALTHCHECK'))).toContain('/health');
    const image = mkdtempSync(join(tmpdir(), 'brokerloom-image-'));
    try {
      for (const path of copies.flatMap((words) => words.slice(0, -1)))
        cpSync(join(workspace.folder, path), join(image, path), { recursive: true });
      const inside = workspace.at(image);
      expect(
        await inside.run('npm', 'ci', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline'),
      ).toMatchObject({ code: 0 });
      const { code, output } = await inside.run('node', 'services/payment/src/main.ts');
      expect(output).toContain('WORK_URL (or WORK_URL_FILE) is not set.');
      expect(code).toBe(2);
    } finally {
      rmSync(image, { recursive: true, force: true });
    }
  });

  test('a service without its settings says which one is missing, and exits 2', async () => {
    const { code, output } = await workspace.run('node', 'services/payment/src/main.ts');
    expect(output).toContain('WORK_URL (or WORK_URL_FILE) is not set.');
    expect(code).toBe(2);
  });

  test('makes secrets once, in a folder for the owner alone, and keeps them when it is run again', async () => {
    const { code, output } = await workspace.run('npm', 'run', 'setup');
    expect(output).toContain('setup: 9 users in secrets/');
    expect(code).toBe(0);
    const first = workspace.read('secrets/payment.env');
    expect(first).toMatch(
      /^STORE_PASSWORD=\S{32}\nSTORE_USERNAME=payment\nWORK_PASSWORD=\S{32}\nWORK_USERNAME=payment\n$/,
    );
    expect(statSync(join(workspace.folder, 'secrets')).mode & 0o777).toBe(0o700);
    const password = /WORK_PASSWORD=(\S+)/.exec(first)?.[1] ?? '';
    expect(password).not.toBe('');
    expect(workspace.read('secrets/work/users.json')).not.toContain(password);
    await workspace.run('npm', 'run', 'setup');
    expect(workspace.read('secrets/payment.env')).toBe(first);
  });
});
