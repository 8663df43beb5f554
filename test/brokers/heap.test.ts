import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseScrape, sumOf } from '../runtime/support/scrape.ts';
import { freePort } from '../support/ports.ts';
import { slopeOf } from '../support/slope.ts';
import { Platform } from '../workspace/platform.ts';
import { describeWithBrokers } from './support/require.ts';

/** `npm run soak` asks for ten minutes. */
const seconds = Number(process.env['LOOM_SOAK_SECONDS'] ?? 60);
/** Until code is compiled, pools are filled and the first records have gone through retries. */
const warmUpSeconds = Math.min(30, seconds / 3);
/**
 * The smallest thing that could be kept for each message, an entry in a Set, takes some forty bytes and more. What is in
 * flight at the moment of a sample, and code that is compiled late, give a few bytes in one minute and fewer in ten.
 */
const maxBytesPerMessage = 16;

const design = `brokerloom: 1
design: { name: soak }
brokers: { work: { kind: rabbitmq } }
services: { relay: {} }
messages:
  job: { aggregateIdPath: /id, schema: { type: object, required: [id] }, examples: [{ id: "1" }] }
  result: { aggregateIdPath: /id, schema: { type: object, required: [id] }, examples: [{ id: "1" }] }
queues:
  jobs: { broker: work, deadLetter: true }
  results: { broker: work, deadLetter: true }
producers:
  ask: { service: relay, channel: jobs, messages: [job] }
  answer: { service: relay, channel: results, messages: [result] }
consumers:
  solve: { service: relay, channel: jobs, idempotency: standard, concurrency: 32, retry: { maxAttempts: 3, baseDelay: 1s } }
  keep: { service: relay, channel: results, idempotency: standard, concurrency: 32, retry: { maxAttempts: 3, baseDelay: 1s } }
flows: { f: { from: [answer], to: [keep], ordering: per-key } }
`;

/** Sends as fast as 64 unsettled sends allow; every hundredth message fails once, every thousandth for good. */
const userCode = {
  'app.ts': `import type { Context } from './types.ts';

export async function run({ producers, signal }: Context): Promise<void> {
  let n = 0;
  const lane = async () => {
    while (!signal.aborted) await producers.ask.send('job', { id: String(n++) }).catch(() => {});
  };
  await Promise.all(Array.from({ length: 64 }, lane));
}
`,
  'handlers/solve.ts': `import { NonRetryableError } from '@soak/messaging';
import type { Solve } from '../types.ts';

export const solve: Solve = async ({ data }, { producers, attempt }) => {
  const { id } = data as { id: string };
  if (Number(id) % 1_000 === 0) throw new NonRetryableError('for good');
  if (Number(id) % 100 === 0 && attempt === 1) throw new Error('once');
  await producers.answer.send('result', { id });
};
`,
  'handlers/keep.ts': `import type { Keep } from '../types.ts';

export const keep: Keep = () => {};
`,
};

describeWithBrokers('the heap of a service', { brokers: ['rabbitmq', 'redis'], control: true }, () => {
  let platform: Platform;
  beforeAll(async () => {
    platform = await Platform.start(design);
    for (const [file, text] of Object.entries(userCode))
      writeFileSync(join(platform.workspace.folder, 'services/relay/src', file), text);
  });
  afterAll(() => platform?.dispose());

  test(`does not grow in ${seconds} s of sending, handling, failing and duplicates`, {
    timeout: (seconds + 240) * 1_000,
  }, async () => {
    expect(await platform.workspace.run('npm', 'run', 'typecheck')).toMatchObject({ code: 0 });
    const port = await freePort();
    const service = await platform.startService('relay', {
      HEALTH_PORT: String(port),
      LOG_LEVEL: 'error',
      NODE_OPTIONS: `--import=${fileURLToPath(new URL('./heap/probe.mjs', import.meta.url))}`,
    });
    await service.waitReady(`http://127.0.0.1:${port}/ready`);
    const deliveries = async () => {
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      const count = (outcome: string) =>
        sumOf(parseScrape(text), 'messaging_deliveries_total', { outcome }) ?? 0;
      return { handled: count('handled'), retried: count('retried'), dead: count('dead-lettered') };
    };
    await pause(warmUpSeconds * 1_000);
    const before = await deliveries();
    const skipped = heapsIn(service.output).length;
    await pause((seconds - warmUpSeconds) * 1_000);
    const after = await deliveries();
    const heaps = heapsIn(service.output).slice(skipped);
    await service.terminate();

    const handled = after.handled - before.handled;
    const perSecond = handled / heaps.length;
    const perMessage = slopeOf(heaps) / perSecond;
    console.log(
      `${handled} handled, ${Math.round(perSecond)}/s, heap ${mib(heaps[0])} to ${mib(heaps.at(-1))} MiB, ` +
        `${perMessage.toFixed(2)} bytes a message`,
    );
    expect(heaps.length).toBeGreaterThan((seconds - warmUpSeconds) / 2);
    // Too little work would show nothing.
    expect(handled).toBeGreaterThan((seconds - warmUpSeconds) * 100);
    expect(after.retried).toBeGreaterThan(before.retried);
    expect(after.dead).toBeGreaterThan(before.dead);
    expect(perMessage).toBeLessThan(maxBytesPerMessage);
  });
});

const heapsIn = (output: string): number[] =>
  [...output.matchAll(/^heap (\d+)$/gm)].map(([, bytes]) => Number(bytes));

const mib = (bytes = 0): string => (bytes / 1024 ** 2).toFixed(1);
