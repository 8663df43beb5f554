/** The client's producer by hand: idempotent, all replicas, lz4, one request under way that takes what has gathered. */
import { type MessageToProduce, Producer } from '@platformatic/kafka';
import { sendAll } from '../../messaging/load.ts';
import { encode } from '../message.ts';
import { connection, topic } from './settings.ts';

const maxRecords = 1_000;
const producer = new Producer({ ...connection, idempotent: true, acks: -1, compression: 'lz4' });

interface Waiting {
  readonly message: MessageToProduce;
  resolve(): void;
  reject(reason: unknown): void;
}

const waiting: Waiting[] = [];
let sending = false;

async function dispatch(): Promise<void> {
  while (waiting.length > 0) {
    const batch = waiting.splice(0, maxRecords);
    try {
      await producer.send({ messages: batch.map(({ message }) => message) });
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    // Those who have just heard may have more to send.
    await new Promise((resolve) => setImmediate(resolve));
  }
  sending = false;
}

await sendAll((data) => {
  const { body, headers } = encode(data);
  const fields = Object.entries({ ...headers, 'content-type': 'application/json' });
  const message = {
    topic,
    key: Buffer.from(data.id),
    value: body,
    headers: new Map(fields.map(([name, value]) => [Buffer.from(name), Buffer.from(String(value))])),
  };
  return new Promise<void>((resolve, reject) => {
    waiting.push({ message, resolve, reject });
    if (sending) return;
    sending = true;
    setImmediate(dispatch);
  });
});
await producer.close();
process.disconnect();
