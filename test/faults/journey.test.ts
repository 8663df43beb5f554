import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAws } from '../brokers/support/aws.ts';
import type { Broker } from '../brokers/support/broker.ts';
import { definitionsOf } from '../brokers/support/definitions.ts';
import { type GeneratedKafka, startGeneratedKafka } from '../brokers/support/generatedKafka.ts';
import { type Rabbit, startRabbit } from '../brokers/support/rabbit.ts';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { HistoryWriter } from '../support/history.ts';
import { reapDir } from '../support/reaper.ts';
import { Fleet } from './support/fleet.ts';
import { SHORT_SESSIONS } from './support/kafkaSide.ts';
import { settingsOf, startGeneratedRedis, startStore } from './support/store.ts';
import { Workspace } from './workspace.ts';

const COUNT = 400;
const VHOST = 'order-journey';
const SERVICES = ['dispatch', 'warehouse', 'billing', 'tracking', 'invoicing'];
const STEPS = ['place', 'dispatch-order', 'pack-order', 'book-order', 'track-parcel', 'write-invoice'];

interface Line {
  readonly step: string;
  readonly orderId: string;
  readonly correlationId: string;
  readonly trace: string;
}

const dir = mkdtempSync(join(tmpdir(), 'brokerloom-journey-'));
const historyFile = join(dir, 'history.ndjson');
reapDir(dir);

const lines = (): Line[] =>
  readFileSync(historyFile, 'utf8')
    .split('\n')
    // The last one may be half written.
    .filter((line) => line.includes('"step"') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as Line);

describeWithBrokers(
  'the services of examples/order-journey.loom.yaml',
  { brokers: ['kafka', 'rabbitmq', 'redis', 'sqs', 'python'], control: true },
  () => {
    let workspace: Workspace;
    let kafka: GeneratedKafka;
    let rabbit: Rabbit;
    let aws: Broker;
    let redises: Broker[];
    let fleet: Fleet;

    beforeAll(async () => {
      workspace = await Workspace.generate('examples/order-journey.loom.yaml');
      writeUserCode(workspace);
      await workspace.npm('run', 'setup');
      await workspace.exec('npx', 'tsc', '--noEmit');
      const read = (path: string): string => readFileSync(join(workspace.dir, path), 'utf8');
      kafka = await startGeneratedKafka(
        read('brokers/events/server.properties'),
        read('secrets/events/operator.scram'),
        { conf: SHORT_SESSIONS },
      );
      rabbit = await startRabbit({ conf: [`load_definitions = ${definitionsOf(workspace.dir)}`] });
      aws = await startAws();
      redises = await Promise.all([
        startStore(workspace),
        startGeneratedRedis(workspace, 'parcels', settingsOf(workspace, 'parcels')),
        startGeneratedRedis(workspace, 'lists', settingsOf(workspace, 'lists')),
      ]);
      const env = {
        EVENTS_URL: kafka.outsideUrl,
        EVENTS_REPLICATION_LIMIT: '1',
        WORK_URL: `amqp://127.0.0.1:${new URL(rabbit.url).port}/${VHOST}`,
        NOTICES_URL: aws.url,
        NOTICES_REGION: 'eu-central-1',
        BOOKS_URL: aws.url,
        BOOKS_REGION: 'eu-central-1',
        STORE_URL: redises[0]?.url ?? '',
        PARCELS_URL: redises[1]?.url ?? '',
        LISTS_URL: redises[2]?.url ?? '',
      };
      for (const broker of ['events', 'books', 'notices', 'parcels'])
        await workspace.script(env, 'topology', 'apply', broker);
      fleet = new Fleet({
        workspace,
        history: new HistoryWriter(historyFile),
        historyFile,
        env: () => ({ ...env, COUNT: String(COUNT) }),
      });
    });

    afterAll(async () => {
      await fleet?.dispose();
      await Promise.all([kafka, rabbit, aws, ...(redises ?? [])].map((broker) => broker?.dispose()));
    });

    it('see each order once at every step, in one correlation and one trace, though one of them is killed', async () => {
      for (const service of SERVICES) await fleet.start(service);
      await fleet.start('shop');
      const seen = (step: string): Line[] => lines().filter((line) => line.step === step);
      await expect.poll(() => seen('dispatch-order').length, { timeout: 60_000 }).toBeGreaterThan(COUNT / 4);
      expect(seen('dispatch-order').length).toBeLessThan(COUNT);
      await fleet.kill('dispatch#1');

      const ends = ['track-parcel', 'write-invoice'];
      await expect
        .poll(() => ends.map((step) => new Set(seen(step).map(({ orderId }) => orderId)).size), {
          timeout: 180_000,
          interval: 500,
        })
        .toEqual([COUNT, COUNT]);

      const placed = new Map(seen('place').map((line) => [line.orderId, line]));
      expect(placed.size).toBe(COUNT);
      for (const step of STEPS) {
        const orders = seen(step).map(({ orderId }) => orderId);
        expect(new Set(orders), step).toEqual(new Set(placed.keys()));
        // Whoever was killed between an effect and its done-mark repeats it, and sends on what is known already.
        if (step !== 'dispatch-order') expect(orders.length, step).toBe(COUNT);
      }
      const strays = lines().filter(({ orderId, correlationId, trace }) => {
        const start = placed.get(orderId);
        return correlationId !== start?.correlationId || trace !== start.trace;
      });
      expect(strays.slice(0, 3)).toEqual([]);
    });

    it('end within their grace time on SIGTERM, with exit code 0', async () => {
      const codes = await fleet.terminate();
      expect(codes).toEqual(codes.map(() => 0));
    });
  },
);

/** What a team writes itself. */
function writeUserCode(workspace: Workspace): void {
  const handler = (type: string, step: string, sends: string): string =>
    `import { next, seen } from '../steps.ts';
import type { ${type} } from '../types.ts';

export const ${type.charAt(0).toLowerCase()}${type.slice(1)}: ${type} = async (message, { producers }) => {
  seen('${step}', message);
  ${sends}
};
`;
  const { orderId, all } = { orderId: '{ orderId: message.data.orderId }', all: 'message.data' };
  const send = (producer: string, type: string, data: string): string =>
    `await producers.${producer}.send('${type}', ${data}, next('${producer}', message));`;
  const files = {
    'dispatch/src/handlers/dispatch-order.ts': handler(
      'DispatchOrder',
      'dispatch-order',
      `${send('pack', 'order.dispatched', all)}\n  ${send('book', 'order.dispatched', all)}`,
    ),
    'warehouse/src/handlers/pack-order.ts': handler(
      'PackOrder',
      'pack-order',
      send('packed', 'parcel.packed', orderId),
    ),
    'billing/src/handlers/book-order.ts': handler(
      'BookOrder',
      'book-order',
      send('invoice', 'invoice.requested', all),
    ),
    'tracking/src/handlers/track-parcel.ts': handler('TrackParcel', 'track-parcel', 'void producers;'),
  };
  for (const [path, content] of Object.entries(files)) workspace.write(`services/${path}`, content);
  for (const service of ['dispatch', 'warehouse', 'billing', 'tracking', 'shop'])
    workspace.copy('test/faults/user-code/journey/steps.ts', `services/${service}/src/steps.ts`);
  workspace.copy('test/faults/user-code/journey/shop.ts', 'services/shop/src/app.ts');
  workspace.copy(
    'test/faults/user-code/journey/write_invoice.py',
    'workers/invoicing/invoicing_worker/handlers/write_invoice.py',
  );
}
