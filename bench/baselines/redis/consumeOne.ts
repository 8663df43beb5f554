/** The loop that is usually written: one entry at a time, each acknowledged by itself. */
import { count } from '../../messaging/load.ts';
import { claims } from '../claims.ts';
import { read } from './entries.ts';
import { connect, stream } from './settings.ts';

const guard = await claims;
const client = await connect();

let stopping = false;
process.once('SIGTERM', () => {
  stopping = true;
});
while (!stopping) {
  for (const { id, eventId } of await read(client, 'one', 1)) {
    await guard('one', eventId, count);
    await client.sendCommand(['XACK', stream, 'one', id]);
  }
}
process.exit(0);
