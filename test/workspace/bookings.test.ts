import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleText } from '../generators/support.ts';
import { Workspace } from './support.ts';

describe('the workspace of bookings', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await Workspace.install(exampleText('bookings'));
  });
  afterAll(() => workspace?.dispose());

  test('type-checks with the clients of AWS', async () => {
    const { code, output } = await workspace.run('npx', 'tsc', '--noEmit');
    expect(output).not.toContain('error');
    expect(code).toBe(0);
  });

  test('passes its own tests: topics reach queues in memory', async () => {
    const { code, output } = await workspace.run('npm', 'test');
    expect(output).toMatch(/fail 0\b/);
    expect(output).toMatch(/skipped 0\b/);
    expect(code).toBe(0);
  });

  test('shows every service at work in memory, each with what its subscription lets through', async () => {
    const { code, output } = await workspace.run('npm', 'run', 'demo', '--', '--count', '50');
    expect(output).toContain('ledger.keep-ledger: 100 handled');
    expect(output).toContain('mail.send-mail: 100 handled');
    expect(output).toContain('refund.pay-back: 50 handled');
    expect(code).toBe(0);
  });

  test('makes an access key for each service, of its brokers only', async () => {
    expect((await workspace.run('npm', 'run', 'setup')).code).toBe(0);
    const booking = workspace.read('secrets/booking.env');
    expect(booking).toMatch(/^EVENTS_ACCESS_KEY_ID=booking\nEVENTS_SECRET_ACCESS_KEY=\S{32}\n$/);
    expect(workspace.read('secrets/ledger.env')).toMatch(
      /^STORE_PASSWORD=.+\nSTORE_USERNAME=ledger\nWORK_ACCESS_KEY_ID=ledger\nWORK_SECRET_ACCESS_KEY=\S{32}\n$/,
    );
  });
});
