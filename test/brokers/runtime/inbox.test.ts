import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { defineMessage, defineProducer, defineService, startService } from '../../../runtime/index.ts';
import { rabbitmq } from '../../../runtime/rabbitmq/index.ts';
import { freshName } from '../../runtime/conformance/world.ts';
import { MemoryLog, workQueue } from '../../runtime/support/scenario.ts';
import { freePort } from '../../support/ports.ts';
import { TestProcess } from '../../support/process.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { type Rabbit, startRabbit } from '../support/rabbit.ts';
import { describeWithBrokers } from '../support/require.ts';

const poll = { timeout: 120_000, interval: 50 };
const job = defineMessage<{ n: number }>()({
  type: 'job',
  version: 1,
  maxBytes: 1024,
  envelope: 'domain-event',
  validate: () => true,
});

describeWithBrokers('transactional inbox', { brokers: ['rabbitmq', 'postgres'], control: true }, () => {
  let rabbit: Rabbit;
  let postgres: Postgres;

  beforeAll(async () => {
    [rabbit, postgres] = await Promise.all([startRabbit(), startPostgres()]);
  });
  afterAll(async () => {
    await Promise.all([rabbit?.dispose(), postgres?.dispose()]);
  });

  /** A queue and a database of its own, with a way to start workers on them. */
  async function world(leaseMs = 6_000) {
    const queue = freshName();
    const url = await postgres.database(queue);
    const sql = <Row extends object>(text: string) => postgres.sql<Row>(text, undefined, queue);
    await sql(readFileSync('runtime/postgres/schema.sql', 'utf8'));
    await sql(
      'CREATE TABLE effects (name text, pid int); CREATE TABLE totals (n int); INSERT INTO totals VALUES (0)',
    );
    const admin = rabbitmq({ url: rabbit.url });
    await admin.start({ exchanges: [], queues: [] }, new MemoryLog(), AbortSignal.timeout(60_000));
    await admin.assertTopology(workQueue(queue));
    await admin.close();
    const crashFile = join(rabbit.dir, `${queue}.crash`);

    const start = async (wrapper: readonly string[] = []): Promise<TestProcess> => {
      const port = await freePort();
      const [command = '', ...args] = [...wrapper, process.execPath, 'test/brokers/fixtures/inboxWorker.ts'];
      const worker = await TestProcess.start(command, args, {
        name: 'worker',
        env: {
          PATH: process.env['PATH'] ?? '',
          QUEUE: queue,
          CRASH_FILE: crashFile,
          LEASE_MS: String(leaseMs),
          RABBITMQ_URL: rabbit.url,
          RABBITMQ_HEARTBEAT: '1',
          DATABASE_URL: url,
          DATABASE_ACCEPT_EMPTY: 'true',
          HEALTH_PORT: String(port),
          LOG_LEVEL: 'warn',
        },
      });
      onTestFinished(async () => void (await worker.kill()));
      await worker.waitReady(`http://127.0.0.1:${port}/ready`);
      return worker;
    };

    let sent = 0;
    const send = async (count: number) => {
      const producers = { jobs: defineProducer({ broker: 'b', to: { queue }, messages: [job] }) };
      const service = await startService(defineService({ name: 'sender', producers, consumers: {} }), {
        transports: { b: rabbitmq({ url: rabbit.url }) },
        log: new MemoryLog(),
      });
      const ids = Array.from({ length: count }, () => `e-${sent++}`);
      await Promise.all(ids.map((eventId, n) => service.producers.jobs.send('job', { n }, { eventId })));
      await service.stop();
      return ids;
    };

    const effects = async () => (await sql<{ name: string; pid: number }>('SELECT * FROM effects')) ?? [];
    const total = async () => (await sql<{ n: number }>('SELECT n FROM totals'))[0]?.n;
    /** All messages are seen through: none is in the queue, none outstanding. */
    const drained = async () => {
      await expect.poll(async () => (await rabbit.depths()).get(queue), poll).toBe(0);
      expect((await rabbit.depths()).get(`${queue}.dlq`)).toBe(0);
    };
    return { queue, crashFile, start, send, effects, total, drained };
  }

  const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name).sort();

  it.each(['before-effect', 'after-effect', 'before-commit', 'after-commit'])(
    'commits one effect per key when the process is killed %s',
    async (phase) => {
      const { crashFile, start, send, effects, total, drained } = await world(2_000);
      writeFileSync(crashFile, `${phase} e-20`);
      const ids = await send(50);
      const doomed = await start();
      expect(await doomed.exited).toMatchObject({ signal: 'SIGKILL' });
      expect(existsSync(crashFile)).toBe(false);
      expect(names(await effects()).includes('e-20')).toBe(phase === 'after-commit');
      await start();
      await drained();
      expect(names(await effects())).toEqual([...ids].sort());
      expect(await total()).toBe(50);
    },
  );

  it('commits one effect per key when workers are killed twenty times and PostgreSQL once', async () => {
    const { start, send, effects, total, drained } = await world(2_000);
    const workers = [await start(), await start()];
    const ids: string[] = [];
    let withWorkLeft = 0;
    for (let kill = 1; kill <= 20; kill++) {
      ids.push(...(await send(200)));
      await expect.poll(async () => (await effects()).length, poll).toBeGreaterThan(ids.length - 200);
      const [doomed] = workers.splice(kill % 2, 1);
      await doomed?.kill();
      if ((await effects()).length < ids.length) withWorkLeft++;
      if (kill === 10) {
        await postgres.kill();
        await postgres.start();
      }
      workers.push(await start());
    }
    // The witness: kills interrupted work. A quick machine may be done with its share before one of them.
    expect(withWorkLeft).toBeGreaterThanOrEqual(10);
    await drained();
    expect(names(await effects())).toEqual([...ids].sort());
    expect(await total()).toBe(4_000);
  });

  it('refuses the effect of a process that stood still until its claim was gone', async () => {
    const { crashFile, start, send, effects, total, drained } = await world(1_000);
    writeFileSync(crashFile, 'before-commit e-0 SIGSTOP');
    const zombie = await start();
    await send(1);
    await expect.poll(() => existsSync(crashFile), poll).toBe(false);
    const heir = await start();
    await drained();
    expect(await effects()).toEqual([{ name: 'e-0', pid: heir.pid }]);
    zombie.signal('SIGCONT', { group: true });
    await zombie.waitOutput(/problem|lost|again|refuses|closed/i, 60_000);
    expect(await effects()).toEqual([{ name: 'e-0', pid: heir.pid }]);
    expect(await total()).toBe(1);
    expect((await zombie.terminate()).code).toBe(0);
  });
});
