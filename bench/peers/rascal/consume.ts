import { claims } from '../../baselines/claims.ts';
import { decode } from '../../baselines/message.ts';
import { count, inFlight } from '../../messaging/load.ts';
import { openBroker } from './broker.ts';

interface Received {
  readonly content: Buffer;
  readonly properties: { readonly headers: Record<string, unknown> };
}

const guard = await claims;
const broker = await openBroker(inFlight);
const subscription = await broker.subscribe('jobs', { prefetch: inFlight });
let atWork = 0;
subscription.on('message', async (message: Received, _content: unknown, ackOrNack: () => void) => {
  atWork++;
  const eventId = decode(message.content, (name) => message.properties.headers[name]);
  await guard('rascal', eventId, count);
  ackOrNack();
  atWork--;
});

process.once('SIGTERM', async () => {
  while (atWork > 0) await new Promise((resolve) => setImmediate(resolve));
  await broker.shutdown();
  process.exit(0);
});
