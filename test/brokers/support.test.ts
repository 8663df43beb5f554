import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import amqp from 'amqplib';
import { createClient } from 'redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withDeadline } from '../support/process.ts';
import type { Broker } from './support/broker.ts';
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
    expect(await rabbit.ctl('--silent', 'list_queues', 'name')).toContain('jobs');
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

  it('leaves nothing behind', async () => {
    const { dir } = redis;
    await redis.dispose();
    expect(redis.pid).toBeUndefined();
    expect(existsSync(dir)).toBe(false);
  });
});
