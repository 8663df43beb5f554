/** XADD by hand; the client sends what comes in one turn together. */
import { sendAll } from '../../messaging/load.ts';
import { encode } from '../message.ts';
import { connect, stream } from './settings.ts';

const client = await connect();

await sendAll(async (data) => {
  const { body, headers, eventId, timestamp } = encode(data);
  const properties = { messageId: eventId, type: 'job', contentType: 'application/json', timestamp };
  const fields = ['body', body, 'headers', JSON.stringify(headers), 'properties', JSON.stringify(properties)];
  await client.sendCommand(['XADD', stream, 'NOMKSTREAM', '*', ...fields, 'key', data.id]);
});
await client.close();
process.disconnect();
