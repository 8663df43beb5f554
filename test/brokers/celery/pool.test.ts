import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { python } from '../support/python.ts';
import { describeWithBrokers } from '../support/require.ts';

const run = promisify(execFile);

/** The counter's value is under a lock that a killed process would keep, and that the main process has to take. */
const ENDS = `
from messaging.pool import Pool

class Counter:
    @property
    def value(self):
        raise AssertionError("asked under the lock")

worker = Pool.Worker.__new__(Pool.Worker)
worker.on_ready_counter = Counter()
print(worker._ensure_messages_consumed(completed=1))
`;

describeWithBrokers('the pool of processes', { brokers: ['python'] }, () => {
  test('lets a process end without the lock of its counter', async () => {
    const { stdout } = await run(await python(), ['-c', ENDS], { env: { PYTHONPATH: 'runtime-python' } });
    expect(stdout.trim()).toBe('True');
  });
});
