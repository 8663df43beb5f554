import { encode } from '../../baselines/message.ts';
import { inFlight, sendAll } from '../../messaging/load.ts';
import { openBroker } from './broker.ts';

const broker = await openBroker(inFlight);
await sendAll(async (data) => {
  const { body, eventId, timestamp, headers } = encode(data);
  const options = {
    type: 'job',
    contentType: 'application/json',
    correlationId: eventId,
    timestamp,
    persistent: true,
    mandatory: true,
    headers,
  };
  const publication = await broker.publish('jobs', body, { options: { ...options, messageId: eventId } });
  await new Promise<void>((resolve, reject) => {
    publication
      .on('success', () => resolve())
      .on('error', reject)
      .on('return', () => reject(new Error('No queue takes the message.')));
  });
});
await broker.shutdown();
process.disconnect();
