import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { exampleText } from '../generators/support.ts';
import { Platform } from './platform.ts';

const COUNT = 10_000;
const DLQ = 'jobs.work.dlq';

/** What the author of the handler writes: one line for each effect, and a bug that can be switched off. */
const HANDLER = `import { appendFileSync, existsSync } from 'node:fs';
import { NonRetryableError } from '@work-queue/messaging';
import type { DoJob } from '../types.ts';

export const doJob: DoJob = async ({ envelope }) => {
  if (!existsSync('fixed')) throw new NonRetryableError('the bug');
  appendFileSync('effects', \`\${envelope.eventId}\\n\`);
};
`;

describeWithBrokers('a replay after a fix', { brokers: ['rabbitmq', 'redis'], control: true }, () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await Platform.start(exampleText('work-queue'));
    writeFileSync(join(platform.workspace.folder, 'services/worker/src/handlers/do-job.ts'), HANDLER);
  });
  afterAll(() => platform?.dispose());

  test(`brings back all of ${COUNT} dead letters, each for one effect, though it is killed twice`, async () => {
    const { workspace } = platform;
    const worker = await platform.startService('worker');
    const sent = await platform.runAs('operator', 'tools/load.ts', '--count', String(COUNT));
    expect(sent.output).toContain(`load: ${COUNT} confirmed, 0 failed`);
    await worker.waitUntil('dead-lettering', async () => (await platform.depth(DLQ)) === COUNT, 120_000);

    writeFileSync(join(workspace.folder, 'fixed'), '');
    const replay = (...options: string[]) =>
      platform.startAs('operator', [
        'tools/dlq.ts',
        'replay',
        DLQ,
        '--error',
        'NonRetryableError',
        ...options,
      ]);
    for (const left of [8_000, 5_000]) {
      // Slow enough to be caught in the middle.
      const run = await replay('--rate', '500');
      const isUnderWay = async () => (run.output.match(/^\{/gm) ?? []).length >= 1_000;
      await run.waitUntil('under way', isUnderWay);
      await run.kill();
      const unlocked = async () => (await platform.depth(DLQ)) > left;
      await worker.waitUntil('given back what was not settled', unlocked);
    }
    const last = await replay();
    expect(await last.exited).toMatchObject({ code: 0 });
    expect(last.output).toMatch(/replay: \d+ dead letters\n0 left\n$/);

    const drained = async () => (await platform.depth('jobs.work')) === 0;
    await worker.waitUntil('drained', drained, 120_000);
    expect((await worker.terminate()).code).toBe(0);
    const effects = readFileSync(join(workspace.folder, 'effects'), 'utf8').trim().split('\n');
    expect(new Set(effects).size).toBe(COUNT);
    expect(effects).toHaveLength(COUNT);
    expect([await platform.depth('jobs.work'), await platform.depth(DLQ)]).toEqual([0, 0]);
  });
});
