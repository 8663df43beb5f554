import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { OutboxClient } from '../../../runtime/core/outbox/client.ts';
import { defineMessage, defineOutboxProducer, type WireMessage } from '../../../runtime/index.ts';
import { postgresOutbox } from '../../../runtime/postgres/index.ts';
import { rabbitmq } from '../../../runtime/rabbitmq/index.ts';
import { freshName } from '../../runtime/conformance/world.ts';
import { collect, type Journal, MemoryLog, workQueue } from '../../runtime/support/scenario.ts';
import { freePort } from '../../support/ports.ts';
import { TestProcess } from '../../support/process.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { type Rabbit, startRabbit } from '../support/rabbit.ts';
import { describeWithBrokers } from '../support/require.ts';

const poll = { timeout: 120_000, interval: 20 };
const job = defineMessage<{ n: number }>()({
  type: 'job',
  version: 1,
  maxBytes: 1024,
  envelope: 'domain-event',
  validate: () => true,
});

describeWithBrokers('outbox', { brokers: ['rabbitmq', 'postgres'], control: true }, () => {
  let rabbit: Rabbit;
  let postgres: Postgres;

  beforeAll(async () => {
    [rabbit, postgres] = await Promise.all([startRabbit(), startPostgres()]);
  });
  afterAll(async () => {
    await Promise.all([rabbit?.dispose(), postgres?.dispose()]);
  });

  /** A queue, a database and a writer of its own; relays are processes. */
  async function world() {
    const queue = freshName();
    const url = await postgres.database(queue);
    const sql = <Row extends object>(text: string) => postgres.sql<Row>(text, undefined, queue);
    await sql(readFileSync('runtime/postgres/schema.sql', 'utf8'));

    const transport = rabbitmq({ url: rabbit.url, heartbeatSeconds: 1 });
    onTestFinished(() => transport.close());
    await transport.start({ exchanges: [], queues: [] }, new MemoryLog(), AbortSignal.timeout(60_000));
    await transport.assertTopology(workQueue(queue));
    const arrived: Journal<WireMessage> = await collect(transport, { queue });

    const outbox = postgresOutbox({ url });
    onTestFinished(() => outbox.close());
    await outbox.open('shop', AbortSignal.timeout(30_000));
    const definition = defineOutboxProducer({ broker: 'b', to: { queue }, messages: [job], ordered: true });
    const producer = new OutboxClient('jobs', definition, outbox);

    const relay = async (): Promise<TestProcess> => {
      const port = await freePort();
      const worker = await TestProcess.start(process.execPath, ['test/brokers/fixtures/outboxWorker.ts'], {
        name: 'relay',
        env: {
          QUEUE: queue,
          RABBITMQ_URL: rabbit.url,
          RABBITMQ_HEARTBEAT: '1',
          DATABASE_URL: url,
          HEALTH_PORT: String(port),
          LOG_LEVEL: 'warn',
        },
      });
      onTestFinished(async () => void (await worker.kill()));
      await worker.waitReady(`http://127.0.0.1:${port}/ready`);
      return worker;
    };
    /** A transaction of the user's own, on a client of `pg`. */
    const own = async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      onTestFinished(() => client.end());
      await client.query('BEGIN');
      return client;
    };
    const ids = () => arrived.entries.map(({ properties }) => properties.messageId ?? '');
    const waiting = async () =>
      (await sql<{ n: number }>('SELECT count(*)::int AS n FROM messaging.outbox'))[0]?.n;
    /** Process ids of the server that hold shards, with how many. */
    const holders = () =>
      postgres.sql<{ pid: number; shards: number }>(
        `SELECT pid, count(*)::int AS shards FROM pg_locks JOIN pg_database ON database = pg_database.oid
         WHERE locktype = 'advisory' AND datname = $1 GROUP BY pid`,
        [queue],
      );
    return { outbox, producer, relay, own, ids, waiting, holders };
  }

  it('sends a message whose transaction commits after one with a higher id', async () => {
    const { producer, relay, own, ids, waiting } = await world();
    await relay();
    const early = await own();
    await producer.send('job', { n: 1 }, { transaction: early, key: 'a', eventId: 'lower' });
    await producer.transact((transaction) =>
      producer.send('job', { n: 2 }, { transaction, key: 'b', eventId: 'higher' }),
    );
    await expect.poll(ids, poll).toEqual(['higher']);
    await expect.poll(waiting, poll).toBe(0);
    await early.query('COMMIT');
    await expect.poll(ids, poll).toEqual(['higher', 'lower']);
  });

  it('never sends what was rolled back', async () => {
    const { producer, relay, own, ids } = await world();
    await relay();
    const undone = await own();
    await producer.send('job', { n: 1 }, { transaction: undone, key: 'a', eventId: 'never' });
    await undone.query('ROLLBACK');
    await producer.transact((transaction) =>
      producer.send('job', { n: 2 }, { transaction, key: 'a', eventId: 'sent' }),
    );
    await expect.poll(ids, poll).toEqual(['sent']);
  });

  it('sends the messages of a key in the order of the commits: the second writer waits for the first', async () => {
    const { producer, relay, own, ids, waiting } = await world();
    const first = await own();
    await producer.send('job', { n: 1 }, { transaction: first, key: 'a', eventId: 'first' });
    const second = producer.transact((transaction) =>
      producer.send('job', { n: 2 }, { transaction, key: 'a', eventId: 'second' }),
    );
    const waits = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    await expect.poll(() => postgres.sql(waits), poll).toHaveLength(1);
    await producer.transact((transaction) =>
      producer.send('job', { n: 3 }, { transaction, key: 'b', eventId: 'other' }),
    );
    expect(await waiting()).toBe(1);
    await first.query('COMMIT');
    await second;
    await relay();
    await expect.poll(ids, poll).toHaveLength(3);
    expect(ids().filter((id) => id !== 'other')).toEqual(['first', 'second']);
  });

  it('has one relay per shard: of two processes each message comes from one', async () => {
    const { producer, relay, ids, waiting, holders } = await world();
    const both = [await relay(), await relay()];
    await expect.poll(holders, poll).toHaveLength(1);
    const written: string[] = [];
    // As many transactions at a time as have a connection each: others would wait for one, and not for ever.
    for (let first = 0; first < 500; first += 10) {
      const sends = Array.from({ length: 10 }, (_, n) =>
        producer.transact((transaction) =>
          producer.send('job', { n: first + n }, { transaction, key: `k${(first + n) % 40}` }),
        ),
      );
      written.push(...(await Promise.all(sends)).map(({ eventId }) => eventId));
    }
    await expect.poll(waiting, poll).toBe(0);
    await expect.poll(() => ids().length, poll).toBe(500);
    expect(ids().sort()).toEqual(written.sort());

    // One ends in order, and the other has all shards within moments.
    const [before] = await holders();
    expect((await both[0]?.terminate())?.code).toBe(0);
    await expect
      .poll(async () => (await holders())[0], poll)
      .toEqual({ pid: expect.any(Number), shards: 16 });
    expect((await holders())[0]?.pid).not.toBe(before?.pid);
  });

  it('loses nothing and keeps the order of each key when relays, RabbitMQ and PostgreSQL are killed', async () => {
    const { producer, relay, ids, waiting } = await world();
    const relays = [await relay(), await relay()];
    const written: string[] = [];
    const perKey = new Map<string, string[]>();
    /** Writes until told to stop, one transaction after the other per key, and again after a failure. */
    let writing = true;
    const write = async (key: string) => {
      const own: string[] = [];
      perKey.set(key, own);
      for (let n = 0; writing; n++) {
        // The relays are to have a backlog, but not one that takes them minutes.
        while (writing && written.length - new Set(ids()).size > 300) await delay(20);
        const eventId = `${key}-${n}`;
        const sent = producer.transact((transaction) =>
          producer.send('job', { n }, { transaction, key, eventId }),
        );
        // The outcome of a failed commit is unknown; such an event may or may not be sent.
        if (
          await sent.then(
            () => true,
            () => false,
          )
        ) {
          own.push(eventId);
          written.push(eventId);
        }
      }
    };
    const writers = Promise.all(Array.from({ length: 8 }, (_, i) => write(`k${i}`)));
    for (let kill = 0; kill < 6; kill++) {
      const seen = new Set(ids()).size;
      await expect.poll(() => new Set(ids()).size, poll).toBeGreaterThan(seen + 20);
      const doomed = relays.shift();
      await doomed?.kill();
      if (kill === 1) {
        await rabbit.kill();
        await rabbit.start();
      }
      if (kill === 3) {
        await postgres.kill();
        await postgres.start();
      }
      relays.push(await relay());
    }
    writing = false;
    await writers;
    await expect.poll(waiting, poll).toBe(0);
    await expect.poll(() => written.filter((id) => !new Set(ids()).has(id)), poll).toEqual([]);
    const firsts = [...new Set(ids())];
    for (const [key, own] of perKey) {
      const committed = new Set(own);
      expect(firsts.filter((id) => id.startsWith(`${key}-`) && committed.has(id))).toEqual(own);
    }
  });
});
