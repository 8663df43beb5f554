import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { exampleText } from '../generators/support.ts';
import { KafkaPlatform } from './kafkaPlatform.ts';

const ACCOUNTS = 20;
const EVENTS = 600;

/** What the author of a handler writes: one line for each effect, after a first attempt that fails now and then. */
const handler = (
  type: string,
  name: string,
  file: string,
  every: number,
) => `import { appendFileSync } from 'node:fs';
import type { ${type} } from '../types.ts';

export const ${name}: ${type} = async ({ data, envelope }, { attempt }) => {
  const { accountId, number } = data as { accountId: string; number?: number };
  if (attempt === 1 && number !== undefined && number % ${every} === 0) throw new Error('busy');
  appendFileSync('${file}', \`\${accountId} \${number} \${envelope.eventId}\\n\`);
};
`;

/** Sends numbered events of some accounts, and says at the end that all are confirmed. */
const SENDER = `import { startService } from '../messaging/index.ts';
import { kafkaFromEnv } from '../messaging/kafka/index.ts';
import { service } from '../services/accounts/src/service.ts';

const running = await startService({ ...service, run: () => {} }, { transports: { events: kafkaFromEnv('EVENTS') } });
const sends = Array.from({ length: ${EVENTS} }, (_, number) =>
  running.producers.accountLog.send('account.opened', {
    accountId: \`a-\${number % ${ACCOUNTS}}\`,
    plan: 'free',
    number,
  } as never),
);
await Promise.all(sends);
console.log('confirmed', sends.length);
process.exitCode = (await running.stop()) ? 0 : 1;
`;

describeWithBrokers(
  'the generated set-up of event-log',
  { brokers: ['kafka', 'redis'], control: true },
  () => {
    let platform: KafkaPlatform;
    let file: (name: string) => string;
    beforeAll(async () => {
      platform = await KafkaPlatform.start(exampleText('event-log'));
      file = (name) => join(platform.workspace.folder, name);
      const handlers = (service: string) => `services/${service}/src/handlers`;
      writeFileSync(
        file(`${handlers('billing')}/keep-ledger.ts`),
        handler('KeepLedger', 'keepLedger', 'ledger', 7),
      );
      writeFileSync(
        file(`${handlers('search')}/index-account.ts`),
        handler('IndexAccount', 'indexAccount', 'index', 50),
      );
      writeFileSync(file('tools/sender.ts'), SENDER);
    });
    afterAll(() => platform?.dispose());

    const effects = (name: string): { account: string; number: number; eventId: string }[] =>
      !existsSync(file(name))
        ? []
        : readFileSync(file(name), 'utf8')
            .trim()
            .split('\n')
            .map((line) => line.split(' '))
            .map(([account = '', number = '', eventId = '']) => ({
              account,
              number: Number(number),
              eventId,
            }));

    test('makes users, rights and topics, and finds what differs later', async () => {
      const applied = await platform.script('topology', 'apply');
      expect(applied.output).toMatch(/events {2}created {2}topic account\.events\n/);
      expect(applied.output).toContain('created  user billing');
      expect(applied.output).toContain('ok       has what the design needs');
      expect(applied.code).toBe(0);
      expect(await platform.script('topology', 'verify')).toMatchObject({
        code: 0,
        output: expect.stringContaining('fits the design'),
      });
      const differs = await platform.workspace.with(
        'brokers/events/topics.json',
        (text) => text.replace('"partitions": 12', '"partitions": 24').replace('"2592000000"', '"1000"'),
        () => platform.script('topology', 'verify'),
      );
      expect(differs.output).toContain('partitions is 24 in the design and 12 on the broker');
      expect(differs.output).toContain('retention.ms is 1000 in the design and 2592000000 on the broker');
      expect(differs.code).toBe(1);
    });

    test('carries each event to both services once, in the order of its account where a flow relies on it', async () => {
      const services = await Promise.all(
        ['billing', 'billing', 'search'].map((id) => platform.startService(id)),
      );
      const [leaving, staying, search] = services as [
        (typeof services)[0],
        (typeof services)[0],
        (typeof services)[0],
      ];
      await Promise.all(services.map((service) => service.waitOutput(/Started\./)));
      const sender = await platform.startAs('accounts', ['tools/sender.ts']);
      // One of two leaves in the middle: its partitions go to the other, nothing is lost and nothing overtaken.
      await leaving.waitUntil('at work', async () => effects('ledger').length > EVENTS / 4);
      expect((await leaving.terminate()).code).toBe(0);
      await staying.waitUntil('done', async () => effects('ledger').length >= EVENTS, 120_000);
      await search.waitUntil('done', async () => effects('index').length >= EVENTS, 120_000);
      expect((await sender.exited).code).toBe(0);
      expect(sender.output).toContain(`confirmed ${EVENTS}`);
      for (const service of [staying, search]) expect((await service.terminate()).code).toBe(0);

      for (const name of ['ledger', 'index']) {
        const handled = effects(name);
        expect(new Set(handled.map(({ eventId }) => eventId)).size).toBe(EVENTS);
        expect(handled).toHaveLength(EVENTS);
      }
      for (let account = 0; account < ACCOUNTS; account++) {
        const numbers = effects('ledger')
          .filter((effect) => effect.account === `a-${account}`)
          .map(({ number }) => number);
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      }
    });

    test('lets an operator list, replay and drop what a service could not process', async () => {
      rmSync(file('index'), { force: true });
      writeFileSync(
        file('tools/poison.ts'),
        `import { kafkaFromEnv } from '../messaging/kafka/index.ts';
import { createLogger } from '../messaging/index.ts';

const transport = kafkaFromEnv('EVENTS');
const signal = AbortSignal.timeout(30_000);
await transport.start({ exchanges: [], queues: [], topics: ['account.events'] }, createLogger('poison'), signal);
for (const body of ['no JSON', '{}'])
  await transport.publish(
    { topic: 'account.events', key: 'a-1' },
    { body: new TextEncoder().encode(body), headers: { 'loom-event-id': body, 'loom-event-type': 'account.closed', 'loom-event-time': new Date().toISOString() }, properties: {} },
    signal,
  );
await transport.close();
`,
      );
      const poison = await platform.startAs('operator', ['tools/poison.ts']);
      expect(await poison.exited).toMatchObject({ code: 0 });
      const search = await platform.startService('search');
      const list = () => platform.script('dlq', 'list', 'index-account.dlq');
      await search.waitUntil(
        'dead-lettering',
        async () => (await list()).output.includes('list: 2 dead letters'),
        60_000,
      );
      expect((await search.terminate()).code).toBe(0);

      const letters = (await list()).output
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line));
      expect(letters.map(({ body }) => body).sort()).toEqual(['no JSON', '{}']);
      expect(letters[0]).toMatchObject({ reason: 'invalid', consumer: 'search.index-account' });
      const [first] = letters;
      expect(await platform.script('dlq', 'replay', 'index-account.dlq', '--id', first.id)).toMatchObject({
        code: 0,
        output: expect.stringContaining('replay: 1 dead letters'),
      });
      expect((await list()).output).toContain('list: 1 dead letters');
      expect(await platform.script('dlq', 'drop', 'index-account.dlq', '--yes')).toMatchObject({
        code: 0,
        output: expect.stringContaining('drop: 1 dead letters'),
      });
      expect((await list()).output).toContain('list: 0 dead letters');
    });
  },
);
