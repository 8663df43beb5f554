/** amqplib by hand: claims of many deliveries at once in one pipeline, and one acknowledgement for as many as are done. */
import { connect } from 'amqplib';
import { count, inFlight } from '../../messaging/load.ts';
import { claims } from '../claims.ts';
import { decode } from '../message.ts';

const queue = process.env['BENCH_QUEUE'] ?? '';
const guard = await claims;
const connection = await connect(process.env['RABBIT_URL'] ?? '');
const channel = await connection.createChannel();
await channel.prefetch(inFlight);

const done = new Set<number>();
let delivered = 0;
let acknowledged = 0;
let scheduled = false;

function acknowledge(): void {
  scheduled = false;
  let last = acknowledged;
  while (done.delete(last + 1)) last++;
  if (last === acknowledged) return;
  acknowledged = last;
  channel.ack({ fields: { deliveryTag: last } } as Parameters<typeof channel.ack>[0], true);
}

await channel.consume(queue, async (message) => {
  if (message === null) return;
  delivered = message.fields.deliveryTag;
  const eventId = decode(message.content, (name) => message.properties.headers?.[name]);
  await guard('raw', eventId, count);
  done.add(message.fields.deliveryTag);
  if (scheduled) return;
  scheduled = true;
  setImmediate(acknowledge);
});

process.once('SIGTERM', async () => {
  while (acknowledged < delivered) await new Promise((resolve) => setImmediate(resolve));
  await channel.close();
  await connection.close();
  process.exit(0);
});
