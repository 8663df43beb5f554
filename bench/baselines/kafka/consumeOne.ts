/** The loop that is usually written: one record at a time, each committed by itself. */
import { Consumer } from '@platformatic/kafka';
import { count } from '../../messaging/load.ts';
import { claims } from '../claims.ts';
import { decode } from '../message.ts';
import { connection, topic } from './settings.ts';

const guard = await claims;
const consumer = new Consumer({
  ...connection,
  groupId: 'one',
  groupProtocol: 'consumer',
  autocommit: false,
});
const stream = await consumer.consume({ topics: [topic], mode: 'committed', fallbackMode: 'earliest' });

let stopping = false;
process.once('SIGTERM', () => {
  stopping = true;
});
for await (const { partition, offset, value, headers } of stream) {
  const texts = new Map<string, string>();
  for (const [name, text] of headers) texts.set(name.toString(), text.toString());
  await guard(
    'one',
    decode(value, (name) => texts.get(name)),
    count,
  );
  await consumer.commit({ offsets: [{ topic, partition, offset: offset + 1n, leaderEpoch: -1 }] });
  if (stopping) break;
}
await consumer.close(true);
process.exit(0);
