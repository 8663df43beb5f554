import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleText } from '../generators/support.ts';
import { Workspace } from './support.ts';

describe('the workspace of event-log', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.install(exampleText('event-log'));
  });
  afterAll(() => workspace?.dispose());

  test('type-checks with the client of Kafka', async () => {
    const { code, output } = await workspace.run('npx', 'tsc', '--noEmit');
    expect(output).not.toContain('error');
    expect(code).toBe(0);
  });

  test('passes its own tests: three for each message of a consumer, one for each of a producer', async () => {
    const { code, output } = await workspace.run('npm', 'test');
    expect(output).toMatch(/pass 14\b/);
    expect(output).toMatch(/fail 0\b/);
    expect(output).toMatch(/skipped 0\b/);
    expect(code).toBe(0);
  });

  test('has tests that notice a topic that is missing', async () => {
    const { code, output } = await workspace.with(
      'brokers/events/topics.json',
      (text) => text.replaceAll('"search.index-account.retry"', '"elsewhere"'),
      () => workspace.run('npm', 'test'),
    );
    expect(code).not.toBe(0);
    expect(output).toContain('The topic search.index-account.retry does not exist.');
  });

  test('shows both services at work on a topic in memory, each with every record', async () => {
    const { code, output } = await workspace.run('npm', 'run', 'demo', '--', '--count', '50');
    expect(output).toContain('billing.keep-ledger: 100 handled');
    expect(output).toContain('search.index-account: 100 handled');
    expect(output).toContain('demo: 100 sent, 0 not sent, 200 handled, 0 dead-lettered');
    expect(code).toBe(0);
  });

  test('the demo retries in the retry topic, and counts the dead letters', async () => {
    const { code, output } = await workspace.with(
      'services/search/src/handlers/index-account.ts',
      (text) =>
        `import { NonRetryableError } from '@event-log/messaging';\n${text.replace(
          ' = message;',
          " = message;\n  if (type === 'account.closed') throw new NonRetryableError('no such index');\n  if (context.attempt < 2) throw new Error('busy');",
        )}`,
      () => workspace.run('npm', 'run', 'demo', '--', '--count', '10'),
    );
    expect(output).toContain('search.index-account: 10 handled');
    expect(output).toContain('demo: 20 sent, 0 not sent, 30 handled, 10 dead-lettered');
    expect(code).toBe(1);
  });

  test('makes passwords, and what the broker keeps of them', async () => {
    expect(await workspace.run('npm', 'run', 'setup')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/setup: \d users in secrets\//),
    });
    const password = /EVENTS_PASSWORD=(\S{32})\n/.exec(workspace.read('secrets/billing.env'))?.[1] ?? '';
    expect(password).not.toBe('');
    const credentials = workspace.read('secrets/events/users.json');
    expect(Object.keys(JSON.parse(credentials)).sort()).toEqual([
      'accounts',
      'billing',
      'operator',
      'search',
    ]);
    expect(credentials).not.toContain(password);
    expect(workspace.read('secrets/events/operator.scram')).toMatch(/^SCRAM-SHA-512=\[name=operator,/);
    await workspace.run('npm', 'run', 'setup');
    expect(workspace.read('secrets/billing.env')).toContain(password);
  });
});
