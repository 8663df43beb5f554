import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Workspace } from './support.ts';

/** What the test of the scenario draws in the app, saves and generates. */
const drawn = readFileSync(join(resolve('test'), 'golden/scenario/shop.loom.yaml'), 'utf8');

describe('the workspace of the design that was drawn from an empty canvas', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.install(drawn);
  });
  afterAll(() => workspace?.dispose());

  test('type-checks', async () => {
    const { code, output } = await workspace.run('npx', 'tsc', '--noEmit');
    expect(output).not.toContain('error');
    expect(code).toBe(0);
  });

  test('runs its services', async () => {
    const { code, output } = await workspace.run('npm', 'run', 'demo', '--', '--count', '20');
    for (const consumer of [
      'payment.charge-customer',
      'shipping.reserve-inventory',
      'email.confirm-order',
      'analytics.count-orders',
    ])
      expect(output).toContain(`${consumer}: 20 handled`);
    expect(output).toMatch(/demo: 40 sent, 0 not sent, \d+ handled, 0 dead-lettered/);
    expect(code).toBe(0);
  });
});
