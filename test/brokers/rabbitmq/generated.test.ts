import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Channel, type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileOf, generated } from '../../generators/support.ts';
import { type Rabbit, startRabbit } from '../support/rabbit.ts';
import { describeWithBrokers } from '../support/require.ts';

const DESIGN = `brokerloom: 1
design: { name: all }
brokers: { work: { kind: rabbitmq, version: "3.10" } }
messages: { job: { examples: [{}] } }
exchanges:
  front: { broker: work, type: topic, alternateExchange: unrouted }
  labels: { broker: work, type: headers }
  unrouted: { broker: work, type: fanout, internal: true }
queues:
  jobs: { broker: work, deadLetter: true, singleActiveConsumer: true, expires: 30d, messageTtl: 1d }
  small: { broker: work, maxLength: 2, overflow: reject-publish }
  urgent: { broker: work, type: classic, maxPriority: 3 }
  express: { broker: work }
  parked: { broker: work }
streams: { log: { broker: work, retention: 7d, retentionBytes: 1GiB, segmentSize: 4MiB } }
bindings:
  jobs: { source: front, destination: jobs, routingKey: job.# }
  small: { source: front, destination: small, routingKey: small }
  urgent: { source: front, destination: urgent, routingKey: urgent }
  log: { source: front, destination: log, routingKey: job.# }
  on: { source: front, destination: labels, routingKey: label.* }
  express: { source: labels, destination: express, headers: { carrier: express, fragile: true }, xMatch: all }
  parked: { source: unrouted, destination: parked }
producers: { client: { channel: front, messages: [job], routingKeys: [job.done] } }
consumers: { worker: { channel: jobs, idempotency: standard } }
`;

describeWithBrokers('generated definitions', { brokers: ['rabbitmq'], control: true }, () => {
  let rabbit: Rabbit;
  let connection: ChannelModel;
  let channel: ConfirmChannel;

  beforeAll(async () => {
    rabbit = await startRabbit();
    const file = join(rabbit.dir, 'definitions.json');
    writeFileSync(file, fileOf(generated(DESIGN), 'brokers/work/definitions.json'));
    await rabbit.loadDefinitions(file);
    await rabbit.ctl('set_permissions', '-p', 'all', 'guest', '.*', '.*', '.*');
    connection = await connect(`${rabbit.url}/all`);
    channel = await connection.createConfirmChannel();
  });
  afterAll(async () => {
    await connection?.close();
    await rabbit?.dispose();
  });

  const publish = (key: string, text: string, options: object = {}): Promise<void> =>
    new Promise((resolve, reject) => {
      const settled = (error: Error | null) => (error ? reject(error) : resolve());
      channel.publish('front', key, Buffer.from(text), { persistent: true, ...options }, settled);
    });

  async function take(queue: string): Promise<string[]> {
    const texts: string[] = [];
    for (;;) {
      const message = await channel.get(queue, { noAck: true });
      if (!message) return texts;
      texts.push(message.content.toString());
    }
  }

  test('route from exchange to exchange, by headers, and what nothing takes to the alternate exchange', async () => {
    await publish('label.x', 'a parcel', { headers: { carrier: 'express', fragile: true } });
    await publish('label.x', 'half a match', { headers: { carrier: 'express' } });
    await publish('nowhere', 'lost and found');
    expect(await take('express')).toEqual(['a parcel']);
    expect(await take('parked')).toEqual(['lost and found']);
  });

  test('refuse what a full queue cannot hold', async () => {
    await publish('small', '1');
    await publish('small', '2');
    // A quorum queue may take some more before it notices that it is full.
    const more = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => publish('small', `${n + 3}`)));
    expect(more.some(({ status }) => status === 'rejected')).toBe(true);
    expect((await take('small'))[0]).toBe('1');
  });

  test('give out by priority', async () => {
    for (const priority of [1, 3, 2]) await publish('urgent', String(priority), { priority });
    expect(await take('urgent')).toEqual(['3', '2', '1']);
  });

  test('have one active consumer, and another when that one goes', async () => {
    const seen: string[] = [];
    const consume = async (name: string): Promise<Channel> => {
      const own = await connection.createChannel();
      await own.prefetch(10);
      await own.consume('jobs', (message) => {
        if (message === null) return;
        seen.push(`${name} ${message.content}`);
        own.ack(message);
      });
      return own;
    };
    const first = await consume('first');
    await consume('second');
    for (const n of [1, 2, 3]) await publish('job.x', String(n));
    await expect.poll(() => seen).toEqual(['first 1', 'first 2', 'first 3']);
    await first.close();
    await publish('job.x', '4');
    await expect.poll(() => seen.at(-1)).toBe('second 4');
  });

  test('keep in a stream what was consumed from a queue', async () => {
    const reader = await connection.createChannel();
    await reader.prefetch(10);
    const seen: string[] = [];
    await reader.consume(
      'log',
      (message) => {
        if (message === null) return;
        seen.push(message.content.toString());
        reader.ack(message);
      },
      { arguments: { 'x-stream-offset': 'first' } },
    );
    await expect.poll(() => seen).toEqual(['1', '2', '3', '4']);
  });
});
