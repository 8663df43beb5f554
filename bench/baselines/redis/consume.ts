/** XREADGROUP of many entries on a connection of its own, claims in one pipeline, one XACK for what is done meanwhile. */
import { count, inFlight } from '../../messaging/load.ts';
import { claims } from '../claims.ts';
import { read } from './entries.ts';
import { connect, stream } from './settings.ts';

const maxRead = 100;
const guard = await claims;
const [reading, client] = await Promise.all([connect(), connect()]);
let done: string[] = [];
let acknowledging = false;
let atWork = 0;
let roomy: (() => void) | undefined;

async function acknowledge(): Promise<void> {
  while (done.length > 0) {
    const ids = done;
    done = [];
    await client.sendCommand(['XACK', stream, 'raw', ...ids]);
  }
  acknowledging = false;
}

async function handle(id: string, eventId: string): Promise<void> {
  await guard('raw', eventId, count);
  done.push(id);
  if (--atWork <= inFlight - maxRead) roomy?.();
  if (acknowledging) return;
  acknowledging = true;
  setImmediate(() => void acknowledge());
}

let stopping = false;
process.once('SIGTERM', () => {
  stopping = true;
  roomy?.();
});
while (!stopping) {
  for (const { id, eventId } of await read(reading, 'raw', Math.min(maxRead, inFlight - atWork))) {
    atWork++;
    void handle(id, eventId);
  }
  while (atWork > inFlight - maxRead && !stopping)
    await new Promise<void>((resolve) => {
      roomy = resolve;
    });
}
while (atWork > 0 || done.length > 0 || acknowledging) await new Promise((resolve) => setImmediate(resolve));
process.exit(0);
