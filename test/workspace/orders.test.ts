import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleText } from '../generators/support.ts';
import { Workspace } from './support.ts';

describe('the workspace of orders, on RabbitMQ, Kafka, Redis and PostgreSQL', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.install(exampleText('orders'));
  });
  afterAll(() => workspace?.dispose());

  test('type-checks with the clients of both', async () => {
    const { code, output } = await workspace.run('npx', 'tsc', '--noEmit');
    expect(output).not.toContain('error');
    expect(code).toBe(0);
  });

  test('passes its own tests', async () => {
    const { code, output } = await workspace.run('npm', 'test');
    expect(output).toMatch(/fail 0\b/);
    expect(output).toMatch(/skipped 0\b/);
    expect(code).toBe(0);
  });

  test('shows the services of both brokers at work in memory', async () => {
    const { code, output } = await workspace.run('npm', 'run', 'demo', '--', '--count', '20');
    expect(output).toContain('analytics.count-orders: 40 handled');
    expect(output).toContain('inventory.reserve-stock: 20 handled');
    expect(output).toContain('payment.take-payment: 20 handled');
    expect(output).toMatch(/demo: 140 sent, 0 not sent, \d+ handled, 0 dead-lettered/);
    expect(code).toBe(0);
  });

  test('makes passwords for both brokers and the store', async () => {
    expect((await workspace.run('npm', 'run', 'setup')).code).toBe(0);
    expect(workspace.read('secrets/order.env')).toMatch(
      /EVENTS_PASSWORD=\S{32}\n(?:.*\n)*WORK_PASSWORD=\S{32}\n/,
    );
    for (const file of ['work/users.json', 'events/users.json', 'events/operator.scram'])
      expect(workspace.read(`secrets/${file}`)).toContain('operator');
  });
});
