import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { Platform } from './platform.ts';

const COUNT = 3_000;

const DESIGN = `brokerloom: 1
design: { name: ledger }
brokers: { work: { kind: rabbitmq, version: "4.3" } }
services: { shop: {}, ledger: {} }
messages:
  order.placed:
    aggregateIdPath: /orderId
    schema: { type: object, required: [orderId], properties: { orderId: { type: string, minLength: 1 } } }
    examples: [{ orderId: o-1 }]
streams: { orders: { broker: work, retention: 7d } }
producers: { sell: { service: shop, channel: orders, messages: [order.placed] } }
consumers:
  book:
    service: ledger
    channel: orders
    deadLetter: true
    idempotency: { strategy: key-store, store: { kind: redis }, claim: two-phase, inProgressLease: 2s }
    concurrency: 4
`;

/** What the author of the handler writes: one line for each effect. */
const HANDLER = `import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Book } from '../types.ts';

export const book: Book = async ({ envelope }) => {
  await setTimeout(2);
  appendFileSync('effects', \`\${envelope.eventId}\\n\`);
};
`;

describeWithBrokers(
  'a service that reads a stream',
  { brokers: ['rabbitmq', 'redis'], control: true },
  () => {
    let platform: Platform;
    beforeAll(async () => {
      platform = await Platform.start(DESIGN);
      writeFileSync(join(platform.workspace.folder, 'services/ledger/src/handlers/book.ts'), HANDLER);
    });
    afterAll(() => platform?.dispose());

    const effects = (): string[] => {
      try {
        return readFileSync(join(platform.workspace.folder, 'effects'), 'utf8').trim().split('\n');
      } catch {
        return [];
      }
    };

    test('type-checks, and passes its own tests on brokers in memory', async () => {
      const { workspace } = platform;
      expect(await workspace.run('npx', 'tsc', '--noEmit')).toMatchObject({ code: 0 });
      const { code, output } = await workspace.run('npm', 'test');
      expect(output).toMatch(/pass 4\b/);
      expect(code).toBe(0);
      const demo = await workspace.run('npm', 'run', 'demo', '--', '--count', '20');
      expect(demo.output).toContain('demo: 20 sent, 0 not sent, 20 handled, 0 dead-lettered');
    });

    test('reads every record although it is killed three times, and goes on where it was', async () => {
      const load = await platform.runAs('operator', 'tools/load.ts', '--count', String(COUNT));
      expect(load.output).toContain(`load: ${COUNT} confirmed, 0 failed`);
      writeFileSync(join(platform.workspace.folder, 'effects'), '');
      const kills = [500, 1_200, 2_000];
      for (const reached of kills) {
        const service = await platform.startService('ledger');
        await service.waitUntil('at work', async () => effects().length >= reached);
        await service.kill();
      }
      const service = await platform.startService('ledger');
      await service.waitUntil('done', async () => new Set(effects()).size === COUNT);
      expect((await service.terminate()).code).toBe(0);
      // Only what was between its effect and its done-mark when the process was killed may be repeated: four at a time.
      expect(effects().length - COUNT).toBeLessThanOrEqual(4 * kills.length);

      const total = effects().length;
      const again = await platform.startService('ledger');
      await again.waitOutput(/"Started\."/);
      expect((await again.terminate()).code).toBe(0);
      expect(effects()).toHaveLength(total);
      expect(await platform.depth('book.dlq')).toBe(0);
    });
  },
);
