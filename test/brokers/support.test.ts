import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Admin } from '@platformatic/kafka';
import amqp from 'amqplib';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freePort } from '../support/ports.ts';
import { withDeadline } from '../support/process.ts';
import { FaultProxy } from '../support/proxy.ts';
import type { Broker } from './support/broker.ts';
import { type Kafka, startKafka } from './support/kafka.ts';
import { type Rabbit, startRabbit } from './support/rabbit.ts';
import { startRedis } from './support/redis.ts';
import { describeWithBrokers } from './support/require.ts';

describeWithBrokers('startRabbit', { brokers: ['rabbitmq'], control: true }, () => {
  let rabbit: Rabbit;
  beforeAll(async () => {
    rabbit = await startRabbit();
  });
  afterAll(() => rabbit?.dispose());

  it('imports definitions', async () => {
    const file = join(rabbit.dir, 'definitions.json');
    const queue = { name: 'jobs', vhost: '/', durable: true, auto_delete: false, arguments: {} };
    writeFileSync(file, JSON.stringify({ queues: [queue] }));
    await rabbit.loadDefinitions(file);
    expect(await rabbit.depths()).toEqual(new Map([['jobs', 0]]));
  });

  it('keeps a confirmed persistent message through kill -9 and a clean restart', async () => {
    const before = rabbit.pid;
    const connection = await amqp.connect(rabbit.url);
    const lost = new Promise((resolve) => connection.on('error', resolve).on('close', resolve));
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => {});
    channel.sendToQueue('jobs', Buffer.from('kept'), { persistent: true });
    await channel.waitForConfirms();
    await rabbit.kill();
    await lost;
    expect(rabbit.pid).toBeUndefined();
    await rabbit.start();
    expect(rabbit.pid).not.toBe(before);
    await rabbit.restart();
    expect(await take(rabbit.url)).toBe('kept');
  });

  it('stops answering while paused and carries on afterwards', async () => {
    await rabbit.pause();
    const connecting = take(rabbit.url);
    expect(await withDeadline(connecting, 1000)).toBeUndefined();
    await rabbit.resume();
    expect(await connecting).toBe('nothing');
  });
});

describeWithBrokers('FaultProxy before a real RabbitMQ', { brokers: ['rabbitmq'] }, () => {
  let rabbit: Rabbit;
  let proxy: FaultProxy;
  beforeAll(async () => {
    rabbit = await startRabbit();
    proxy = await FaultProxy.start(rabbit.url);
  });
  afterAll(async () => {
    await proxy?.stop();
    await rabbit?.dispose();
  });

  it('passes AMQP in slices of three bytes', async () => {
    proxy.conditions = { sliceBytes: 3 };
    const connection = await amqp.connect(proxy.via(rabbit.url));
    const channel = await connection.createConfirmChannel();
    const { queue } = await channel.assertQueue('', { exclusive: true });
    channel.sendToQueue(queue, Buffer.from('sliced'));
    await channel.waitForConfirms();
    const message = await channel.get(queue);
    expect(message && String(message.content)).toBe('sliced');
    await connection.close();
    proxy.conditions = {};
  });

  it('cuts a connection, which client and broker notice', async () => {
    const connection = await amqp.connect(proxy.via(rabbit.url));
    const failure = once(connection, 'close').catch((error: Error) => error);
    const channel = await connection.createChannel();
    channel.on('error', () => {});
    await channel.assertQueue('of one connection', { exclusive: true });
    expect(proxy.reset()).toBe(1);
    await failure;
    // An exclusive queue goes with its connection: once it is gone, the broker has seen the reset.
    await expect
      .poll(() => rabbit.ctl('--silent', 'list_queues', 'name'), { timeout: 30_000 })
      .not.toContain('one');
  });
});

async function take(url: string): Promise<string> {
  const connection = await amqp.connect(url);
  try {
    const channel = await connection.createChannel();
    const message = await channel.get('jobs', { noAck: true });
    return message ? message.content.toString() : 'nothing';
  } finally {
    await connection.close();
  }
}

describeWithBrokers('startKafka', { brokers: ['kafka'], control: true }, () => {
  let kafka: Kafka;
  beforeAll(async () => {
    kafka = await startKafka();
  });
  afterAll(() => kafka?.dispose());

  const withAdmin = async <T>(url: string, use: (admin: Admin) => Promise<T>): Promise<T> => {
    const { host } = new URL(url);
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [host] });
    return use(admin).finally(() => admin.close());
  };

  it('keeps its topics through a clean restart and kill -9', async () => {
    await withAdmin(kafka.url, (admin) =>
      admin.createTopics({ topics: ['kept'], partitions: 2, replicas: 1 }),
    );
    await kafka.restart();
    await kafka.kill();
    expect(kafka.pid).toBeUndefined();
    await kafka.start();
    expect(await withAdmin(kafka.url, (admin) => admin.listTopics())).toEqual(['kept']);
  });

  it('sends clients of the proxy back to the proxy, which can cut them off', async () => {
    await withAdmin(kafka.proxiedUrl, async (admin) => {
      const { brokers } = await admin.metadata({ topics: [] });
      expect([...brokers.values()].map(({ port }) => port)).toEqual([kafka.proxy.port]);
      expect(kafka.proxy.reset()).toBeGreaterThan(0);
      expect(await admin.listTopics()).toEqual(['kept']);
    });
  });

  it('stops answering while paused and carries on afterwards', async () => {
    await kafka.pause();
    const listing = withAdmin(kafka.url, (admin) => admin.listTopics());
    expect(await withDeadline(listing, 1000)).toBeUndefined();
    await kafka.resume();
    expect(await listing).toEqual(['kept']);
  });
});

describeWithBrokers('startRedis', { brokers: ['redis'], control: true }, () => {
  let redis: Broker;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.dispose());

  it('keeps its data through a clean restart', async () => {
    const client = createClient({ url: redis.url });
    client.on('error', () => {});
    await client.connect();
    await client.set('key', 'kept');
    client.destroy();
    await redis.restart();
    const again = await createClient({ url: redis.url }).connect();
    expect(await again.get('key')).toBe('kept');
    again.destroy();
  });

  it('accepts clients again after kill -9', async () => {
    await redis.kill();
    expect(redis.pid).toBeUndefined();
    await redis.start();
    const client = await createClient({ url: redis.url }).connect();
    expect(await client.ping()).toBe('PONG');
    client.destroy();
  });

  it('gives way to a broker from the environment, which it does not stop', async () => {
    vi.stubEnv('LOOM_TEST_REDIS_URL', redis.url);
    const theirs = await startRedis();
    expect(theirs).toMatchObject({ source: 'env', url: redis.url, pid: undefined });
    await expect(theirs.kill()).rejects.toThrow(/^cannot kill Redis: LOOM_TEST_REDIS_URL names a broker/);
    await theirs.dispose();
    expect(await startRedis()).toMatchObject({ url: redis.url });

    vi.stubEnv('LOOM_TEST_REDIS_URL', `redis://user:secret@127.0.0.1:${await freePort()}`);
    await expect(startRedis()).rejects.toThrow(/^LOOM_TEST_REDIS_URL names a Redis that does not answer/);
    vi.unstubAllEnvs();
  });

  it('leaves nothing behind', async () => {
    const { dir } = redis;
    await redis.dispose();
    expect(redis.pid).toBeUndefined();
    expect(existsSync(dir)).toBe(false);
  });
});
