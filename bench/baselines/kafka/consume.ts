/** The client's consumer by hand: claims of many records at once in one pipeline, commits of what is done without gaps. */
import { Consumer, type Message } from '@platformatic/kafka';
import { count, inFlight } from '../../messaging/load.ts';
import { claims } from '../claims.ts';
import { decode } from '../message.ts';
import { connection, topic } from './settings.ts';

/** Milliseconds between commits: each is a write at the broker. */
const commitEveryMs = 50;

const guard = await claims;
const consumer = new Consumer({
  ...connection,
  groupId: 'raw',
  groupProtocol: 'consumer',
  autocommit: false,
});
const stream = await consumer.consume({ topics: [topic], mode: 'committed', fallbackMode: 'earliest' });

/** By partition, in order of receipt: offset and whether it is done. */
const received = new Map<number, { readonly offset: bigint; done: boolean }[]>();
let atWork = 0;

async function handle(message: Message): Promise<void> {
  const { partition, offset, value, headers } = message;
  const entry = { offset, done: false };
  const entries = received.get(partition);
  if (entries === undefined) received.set(partition, [entry]);
  else entries.push(entry);
  const texts = new Map<string, string>();
  for (const [name, text] of headers) texts.set(name.toString(), text.toString());
  const eventId = decode(value, (name) => texts.get(name));
  await guard('raw', eventId, count);
  entry.done = true;
  if (--atWork < inFlight) stream.resume();
}

async function commit(): Promise<void> {
  const offsets = [];
  for (const [partition, entries] of received) {
    const open = entries.findIndex(({ done }) => !done);
    const settled = entries.splice(0, open < 0 ? entries.length : open).at(-1);
    if (settled !== undefined)
      offsets.push({ topic, partition, offset: settled.offset + 1n, leaderEpoch: -1 });
  }
  if (offsets.length > 0) await consumer.commit({ offsets });
}

stream.on('data', (message) => {
  if (++atWork >= inFlight) stream.pause();
  void handle(message);
});

let stopping = false;
process.once('SIGTERM', () => {
  stopping = true;
  stream.pause();
});
while (!stopping) {
  await new Promise((resolve) => setTimeout(resolve, commitEveryMs));
  await commit();
}
while (atWork > 0) await new Promise((resolve) => setImmediate(resolve));
await commit();
await consumer.close(true);
process.exit(0);
