import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  Admin,
  Consumer,
  type Message,
  Producer,
  stringDeserializers,
  stringSerializers,
} from '@platformatic/kafka';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { withDeadline } from '../../support/process.ts';
import { type Kafka, startKafka } from '../support/kafka.ts';
import { describeWithBrokers } from '../support/require.ts';

type Text = Message<string, string, string, string>;

/**
 * What the client's own producer and consumer do where our guarantees are decided; docs/adr/0007-kafka-client.md draws
 * the conclusions. A new version of the client that fails here may be worth another look.
 */
describeWithBrokers('@platformatic/kafka', { brokers: ['kafka'] }, () => {
  let kafka: Kafka;
  let admin: Admin;
  const host = (url: string) => new URL(url).host;

  beforeAll(async () => {
    kafka = await startKafka();
    admin = new Admin({ clientId: 'test', bootstrapBrokers: [host(kafka.url)] });
  });
  afterAll(async () => {
    await admin?.close();
    await kafka?.dispose();
  });

  async function topicOf(
    partitions: number,
    configs: { name: string; value: string }[] = [],
  ): Promise<string> {
    const topic = `t-${randomUUID().slice(0, 8)}`;
    await admin.createTopics({ topics: [topic], partitions, replicas: 1, configs });
    return topic;
  }

  function producerOf(options = {}, url = kafka.url) {
    const producer = new Producer({
      clientId: 'test',
      bootstrapBrokers: [host(url)],
      serializers: stringSerializers,
      idempotent: true,
      ...options,
    });
    onTestFinished(async () => {
      await producer.close().catch(() => {});
    });
    return producer;
  }

  function consumerOf(groupId: string) {
    const consumer = new Consumer({
      clientId: 'test',
      bootstrapBrokers: [host(kafka.url)],
      deserializers: stringDeserializers,
      groupId,
      groupProtocol: 'consumer',
      autocommit: false,
    });
    onTestFinished(async () => {
      await consumer.close(true).catch(() => {});
    });
    return consumer;
  }

  const read = (groupId: string, topic: string) => {
    const consumer = consumerOf(groupId);
    return consumer.consume({
      topics: [topic],
      mode: 'committed',
      fallbackMode: 'earliest',
      autocommit: false,
    });
  };

  async function valuesOf(topic: string, count: number): Promise<string[]> {
    const values: string[] = [];
    const stream = await read(`reader-${randomUUID()}`, topic);
    for await (const message of stream) {
      values.push(message.value);
      if (values.length === count) break;
    }
    return values;
  }

  it('sends concurrently in the order of the calls', async () => {
    const topic = await topicOf(1);
    const producer = producerOf();
    const sends = Array.from({ length: 100 }, (_, n) =>
      producer.send({ messages: [{ topic, key: 'k', value: String(n) }] }),
    );
    await Promise.all(sends);
    expect(await valuesOf(topic, 100)).toEqual(Array.from({ length: 100 }, (_, n) => String(n)));
  });

  it('does not settle a send while the broker is silent, whatever its timeout, since 0 retries are no limit', async () => {
    const topic = await topicOf(1);
    const producer = producerOf({ timeout: 500, requestTimeout: 500, retries: 0 }, kafka.proxiedUrl);
    await producer.send({ messages: [{ topic, key: 'k', value: 'before' }] });
    kafka.proxy.blackHole();
    const send = producer.send({ messages: [{ topic, key: 'k', value: 'silent' }] }).catch(() => 'failed');
    expect(await withDeadline(send, 5_000)).toBeUndefined();
    kafka.proxy.heal();
    await send;
  });

  it('repeats a send that failed as a new one, so that the record is there twice', async () => {
    const topic = await topicOf(1);
    const producer = producerOf({ requestTimeout: 1_000, retries: 2, retryDelay: 1 }, kafka.proxiedUrl);
    const send = () => producer.send({ messages: [{ topic, key: 'k', value: 'once' }] });
    await producer.send({ messages: [{ topic, key: 'k', value: 'first' }] });
    // The request arrives in time, its answer does not.
    kafka.proxy.conditions = { latencyMs: 700 };
    await expect(send()).rejects.toThrow();
    kafka.proxy.conditions = {};
    await send();
    expect(await valuesOf(topic, 3)).toEqual(['first', 'once', 'once']);
  });

  it('fails a send as a whole when one of its partitions refuses', async () => {
    const [good, bad] = [await topicOf(1), await topicOf(1, [{ name: 'max.message.bytes', value: '1000' }])];
    const producer = producerOf({ retries: 0 });
    const messages = [
      { topic: good, key: 'k', value: 'small' },
      { topic: bad, key: 'k', value: 'x'.repeat(5_000) },
    ];
    await expect(producer.send({ messages })).rejects.toThrow();
    // Written, although the send has failed.
    expect(await valuesOf(good, 1)).toEqual(['small']);
  });

  it('gives a partition away while its messages are still being handled', async () => {
    const topic = await topicOf(2);
    const producer = producerOf();
    for (const partition of [0, 1])
      await producer.send({ messages: [{ topic, partition, value: `p${partition}` }] });
    const group = `g-${randomUUID()}`;
    const first = await read(group, topic);
    const held: Text[] = [];
    first.on('data', (message) => held.push(message));
    await expect.poll(() => held.length, { timeout: 20_000 }).toBe(2);
    // Nothing of it is done or committed. Another member joins, and has a message of the first one soon after.
    const second = await read(group, topic);
    const [copy] = (await once(second, 'data')) as [Text];
    expect(held.map(({ value }) => value)).toContain(copy.value);

    // What the first member commits for the partition that is no longer its own is taken.
    const late = held.find(({ value }) => value === copy.value);
    await late?.commit();
    const offsets = await admin.listConsumerGroupOffsets({ groups: [group] });
    const partitions = offsets[0]?.topics.find(({ name }) => name === topic)?.partitions ?? [];
    const moved = partitions.find(({ partitionIndex }) => partitionIndex === copy.partition);
    expect(moved?.committedOffset).toBe(1n);
  });
});
