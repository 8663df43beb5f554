/** The loop that is usually written: one message at a time, each acknowledged by itself; the broker sends ten ahead. */
import { type ConsumeMessage, connect } from 'amqplib';
import { count, inFlight } from '../../messaging/load.ts';
import { claims } from '../claims.ts';
import { decode } from '../message.ts';

const queue = process.env['BENCH_QUEUE'] ?? '';
const guard = await claims;
const connection = await connect(process.env['RABBIT_URL'] ?? '');
const channel = await connection.createChannel();
await channel.prefetch(inFlight);

async function handle(message: ConsumeMessage): Promise<void> {
  const eventId = decode(message.content, (name) => message.properties.headers?.[name]);
  await guard('one', eventId, count);
  channel.ack(message);
}

let previous = Promise.resolve();
await channel.consume(queue, (message) => {
  if (message !== null) previous = previous.then(() => handle(message));
});

process.once('SIGTERM', async () => {
  await previous;
  await channel.close();
  await connection.close();
  process.exit(0);
});
