import { setTimeout as delay } from 'node:timers/promises';
import amqp from 'amqplib';
import { HistoryWriter } from '../../support/history.ts';

/**
 * The least consumer there is, for runs that test the checker: history, effect, then ack. With `PLANT=ack-first` it
 * acknowledges before the effect; with `PLANT=swallow` it acknowledges poison instead of dead-lettering it.
 */
const { AMQP_URL = '', HISTORY = '', PLANT } = process.env;
const history = new HistoryWriter(HISTORY);
const connection = await amqp.connect(AMQP_URL);
const channel = await connection.createChannel();
await channel.prefetch(20);
await channel.consume('jobs', async (message) => {
  if (!message) return;
  const id: string = message.properties.messageId;
  history.append({ type: 'handler-start', id, consumer: 'worker', attempt: 1 });
  if (message.content.toString() === 'poison') {
    if (PLANT === 'swallow') channel.ack(message);
    else channel.reject(message, false);
    return;
  }
  if (PLANT === 'ack-first') channel.ack(message);
  await delay(50);
  history.append({ type: 'effect', id, consumer: 'worker' });
  if (PLANT !== 'ack-first') channel.ack(message);
});
console.log('consuming');
