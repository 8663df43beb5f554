/** amqplib by hand: a confirm channel, `mandatory`, and as many unsettled sends as `BENCH_IN_FLIGHT` says. */
import { connect } from 'amqplib';
import { sendAll } from '../../messaging/load.ts';
import { encode } from '../message.ts';

const queue = process.env['BENCH_QUEUE'] ?? '';
const connection = await connect(process.env['RABBIT_URL'] ?? '');
const channel = await connection.createConfirmChannel();
const returned = new Set<unknown>();
channel.on('return', ({ properties }) => returned.add(properties.messageId));

await sendAll((data) => {
  const { body, eventId, timestamp, headers } = encode(data);
  const options = {
    messageId: eventId,
    type: 'job',
    contentType: 'application/json',
    correlationId: eventId,
    timestamp,
    persistent: true,
    mandatory: true,
    headers,
  };
  return new Promise<void>((resolve, reject) => {
    channel.publish('', queue, body, options, (error) => {
      if (error === null && !returned.delete(eventId)) resolve();
      else reject(error ?? new Error('No queue takes the message.'));
    });
  });
});
await connection.close();
process.disconnect();
