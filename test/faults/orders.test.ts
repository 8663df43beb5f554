import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Broker } from '../brokers/support/broker.ts';
import { definitionsOf } from '../brokers/support/definitions.ts';
import { type GeneratedKafka, startGeneratedKafka } from '../brokers/support/generatedKafka.ts';
import type { Postgres } from '../brokers/support/postgres.ts';
import { type Rabbit, startRabbit } from '../brokers/support/rabbit.ts';
import { startRedis } from '../brokers/support/redis.ts';
import { describeWithBrokers } from '../brokers/support/require.ts';
import { check } from '../support/checker.ts';
import { HistoryWriter, type Recorded, readHistory } from '../support/history.ts';
import { FaultProxy } from '../support/proxy.ts';
import { reapDir } from '../support/reaper.ts';
import { ordersIds } from './guarantees/plan.ts';
import { record } from './guarantees/record.ts';
import { databaseOf, startDatabase } from './support/database.ts';
import { Fleet } from './support/fleet.ts';
import { groupsDrained, SHORT_SESSIONS } from './support/kafkaSide.ts';
import { RabbitSide } from './support/rabbit.ts';
import { Workspace } from './workspace.ts';

const COUNT = 20_000;
const POISON_EVERY = 100;
const VHOST = 'orders';
const HANDLER_MS: Readonly<Record<string, number>> = { payment: 60, email: 10, analytics: 20, inventory: 2 };
/** Killed in turn. */
const VICTIMS = ['payment#1', 'analytics#1', 'payment#2', 'analytics#2'];
/** Ten of each kind, and two for when all handlers have ended between a look at them and the kill. */
const KILLS = 24;
/** Three minutes where the machine has nothing else to do. */
const LONGEST_MS = 1_200_000;
const TABLE = 'CREATE TABLE effects (consumer text NOT NULL, id text NOT NULL)';

const dir = mkdtempSync(join(tmpdir(), 'brokerloom-orders-'));
const historyFile = join(dir, 'history.ndjson');
/** How many orders may be sent by now. */
const releasedFile = join(dir, 'released');
reapDir(dir);

describeWithBrokers(
  'the services of examples/orders.loom.yaml',
  { brokers: ['kafka', 'rabbitmq', 'redis', 'postgres'], control: true },
  () => {
    let workspace: Workspace;
    let kafka: GeneratedKafka;
    let rabbit: Rabbit;
    let redis: Broker;
    let postgres: Postgres;
    let work: FaultProxy;
    let fleet: Fleet;
    let history: HistoryWriter;

    beforeAll(async () => {
      workspace = await Workspace.generate('examples/orders.loom.yaml');
      writeUserCode(workspace);
      await workspace.npm('run', 'setup');
      await workspace.exec('npx', 'tsc', '--noEmit');
      const read = (path: string): string => readFileSync(join(workspace.dir, path), 'utf8');
      kafka = await startGeneratedKafka(
        read('brokers/events/server.properties'),
        read('secrets/events/operator.scram'),
        { proxied: true, conf: SHORT_SESSIONS },
      );
      rabbit = await startRabbit({ conf: [`load_definitions = ${definitionsOf(workspace.dir)}`] });
      redis = await startRedis(['--aclfile', join(workspace.dir, 'secrets/store/users.acl')]);
      postgres = await startDatabase(workspace);
      for (const service of ['analytics', 'inventory'])
        await postgres.sql(`SET ROLE ${service}; ${TABLE}`, undefined, service);
      work = await FaultProxy.start(rabbit.url);
      await workspace.script(
        { EVENTS_URL: kafka.outsideUrl, EVENTS_REPLICATION_LIMIT: '1' },
        'topology',
        'apply',
        'events',
      );
      history = new HistoryWriter(historyFile);
      fleet = new Fleet({
        workspace,
        history,
        historyFile,
        env: (service) => ({
          EVENTS_URL: `kafka://127.0.0.1:${kafka.proxy?.port}`,
          WORK_URL: `amqp://127.0.0.1:${work.port}/${VHOST}`,
          STORE_URL: redis.url,
          DATABASE_URL: databaseOf(postgres, service),
          COUNT: String(COUNT),
          POISON_EVERY: String(POISON_EVERY),
          RELEASED: releasedFile,
          BATCH: '20',
          PAUSE_MS: '120',
          HANDLER_MS: String(HANDLER_MS[service] ?? 1),
        }),
      });
    });

    afterAll(async () => {
      await fleet?.dispose();
      await work?.stop();
      await Promise.all([kafka, rabbit, redis, postgres].map((broker) => broker?.dispose()));
    });

    it(
      'have one effect for each order in the database and lose none elsewhere, whatever is killed, restarted or cut',
      async () => {
        const queuesPassed = record(ordersIds.queues, 'all');
        const logPassed = record(ordersIds.log, 'all');
        for (const name of ['payment', 'payment', 'email', 'analytics', 'analytics', 'inventory'])
          await fleet.start(name);
        release(0);
        const sender = await fleet.start('order');
        const killed = new Map<number, string>();
        for (let n = 0; n < KILLS; n++) {
          const victim = VICTIMS[n % VICTIMS.length] ?? '';
          await fleet.busy(victim, victim.startsWith('payment') ? 3 : 1);
          killed.set(fleet.instance(victim).pid, victim.split('#')[0] ?? '');
          await fleet.kill(victim);
          if (n === 6) await restart(rabbit, 'RabbitMQ');
          if (n === 13) await restart(kafka, 'Kafka');
          if (n % 5 === 4) cut();
          release(n + 1);
        }
        await sender.waitOutput(/all sends are settled/, 300_000);
        const side = new RabbitSide(rabbit, workspace, history, VHOST);
        await side.drained(300_000);
        await groupsDrained(kafka.url, 'order.events', ['analytics.orders', 'inventory.orders'], 300_000);
        await side.readDeadLetters(['payments.dlq', 'email.dlq']);
        for (const [service, consumer] of [
          ['analytics', 'count-orders'],
          ['inventory', 'reserve-stock'],
        ] as const)
          for (const { id } of await postgres.sql<{ id: string }>('SELECT id FROM effects', [], service))
            history.append({ type: 'effect', id, consumer });

        const all = readHistory(historyFile);
        const log = part(all, 'count-orders', (pid) => killed.get(pid) === 'analytics');
        const queues = part(all, 'take-payment', (pid) => killed.get(pid) === 'payment');
        const faults = { cuts: 4, faults: 2 };
        const inQueues = check(queues, {
          inFlightBound: 3 * 256,
          kills: 10,
          strategy: 'key-store',
          ...faults,
        });
        // Nobody sees from outside whether a killed member held a record at that moment: effects are in the database.
        const inLog = check(log, { inFlightBound: 3 * 256, kills: 0, strategy: 'inbox', ...faults });
        console.info('orders, work queues with a key store:', JSON.stringify(inQueues.counts));
        console.info('orders, log with an inbox:', JSON.stringify(inLog.counts));
        expect(inQueues.violations).toEqual([]);
        expect(inLog.violations).toEqual([]);
        expect([inQueues.counts.sent, inLog.counts.sent]).toEqual([COUNT, COUNT]);
        expect([inQueues.counts.confirmed, inLog.counts.confirmed]).toEqual([COUNT, COUNT]);
        expect(inLog.counts).toMatchObject({ effects: 2 * COUNT, repeatedEffects: 0, kills: KILLS / 2 });
        expect(inLog.counts.redeliveries).toBeGreaterThan(0);
        queuesPassed(inQueues);
        logPassed(inLog);
      },
      LONGEST_MS,
    );

    it('end within their grace time on SIGTERM, with exit code 0', async () => {
      const codes = await fleet.terminate();
      expect(codes).toEqual(codes.map(() => 0));
    });

    /** Every kill has its share of the traffic. */
    function release(kills: number): void {
      writeFileSync(releasedFile, String(Math.ceil((COUNT * (kills + 1)) / KILLS)));
    }

    /** A crash of a broker under load. */
    async function restart(broker: Broker, name: string): Promise<void> {
      const starts = readHistory(historyFile).filter(({ type }) => type === 'handler-start').length;
      history.append({ type: 'fault', name: `${name} restarted`, evidence: starts });
      await broker.kill();
      await broker.start();
    }

    function cut(): void {
      history.append({ type: 'cut', connections: work.connections + (kafka.proxy?.connections ?? 0) });
      work.reset();
      kafka.proxy?.reset();
    }
  },
);

/** What concerns the messages that one consumer gets, and the kills that it suffered. */
function part(all: readonly Recorded[], consumer: string, mine: (pid: number) => boolean): Recorded[] {
  const ids = new Set(
    all.flatMap((event) => (event.type === 'send' && event.expect[consumer] ? [event.id] : [])),
  );
  return all.filter((event) =>
    event.type === 'kill' ? mine(event.victim) : !('id' in event) || ids.has(event.id),
  );
}

/** What a team writes itself: the traffic of the order service, and handlers whose effects can be counted. */
function writeUserCode(workspace: Workspace): void {
  const handler = (type: string, name: string, consumer: string): string =>
    `import type { ${type} } from '../types.ts';
import { handle } from '../work.ts';

export const ${name}: ${type} = (message, { attempt }) => handle('${consumer}', message, attempt);
`;
  const inbox = (type: string, name: string, consumer: string): string =>
    `import { setTimeout as pause } from 'node:timers/promises';
import { HistoryWriter } from '../history.ts';
import type { ${type} } from '../types.ts';

const history = new HistoryWriter(process.env['HISTORY'] ?? '');

export const ${name}: ${type} = async ({ envelope: { eventId: id } }, { attempt, transaction }) => {
  history.append({ type: 'handler-start', id, consumer: '${consumer}', attempt });
  await transaction.query('INSERT INTO effects (consumer, id) VALUES ($1, $2)', ['${consumer}', id]);
  await pause(Number(process.env['HANDLER_MS']));
};
`;
  const files = {
    'payment/src/handlers/take-payment.ts': handler('TakePayment', 'takePayment', 'take-payment'),
    'email/src/handlers/send-email.ts': handler('SendEmail', 'sendEmail', 'send-email'),
    'analytics/src/handlers/count-orders.ts': inbox('CountOrders', 'countOrders', 'count-orders'),
    'inventory/src/handlers/reserve-stock.ts': inbox('ReserveStock', 'reserveStock', 'reserve-stock'),
  };
  for (const [path, content] of Object.entries(files)) workspace.write(`services/${path}`, content);
  workspace.copy('test/faults/user-code/orders.ts', 'services/order/src/app.ts');
  for (const service of ['order', 'payment', 'email', 'analytics', 'inventory'])
    workspace.copy('test/support/history.ts', `services/${service}/src/history.ts`);
  for (const service of ['payment', 'email'])
    workspace.copy('test/faults/user-code/work.ts', `services/${service}/src/work.ts`);
}
