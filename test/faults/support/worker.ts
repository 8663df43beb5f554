import { setTimeout as delay } from 'node:timers/promises';
import amqp from 'amqplib';
import { HistoryWriter } from '../../support/history.ts';

/**
 * The least consumer there is, for runs that test the checker: history, effect, then ack. It kills itself after
 * `DIE_AFTER` effects, while it holds more messages. With `PLANT=ack-first` it acknowledges before the effect, with
 * `PLANT=swallow` it acknowledges poison instead of dead-lettering it.
 */
const { AMQP_URL = '', HISTORY = '', DIE_AFTER = '', PLANT } = process.env;
const history = new HistoryWriter(HISTORY);
const connection = await amqp.connect(AMQP_URL);
const channel = await connection.createChannel();
let effects = 0;

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
  effects += 1;
  if (effects === Number(DIE_AFTER)) process.kill(process.pid, 'SIGKILL');
  if (PLANT !== 'ack-first') channel.ack(message);
});
