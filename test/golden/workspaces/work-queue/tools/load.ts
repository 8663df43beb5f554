import { parseArgs } from 'node:util';
import { startService } from '../messaging/index.ts';
import { sendExamples } from './sendExamples.ts';
import { services } from './services.ts';
import { transports } from './transports.ts';

// Sends the examples of every message to the real brokers, through the services' own producers.
const { values } = parseArgs({ options: { count: { type: 'string', default: '1000' } } });
const count = Number(values.count);
if (!Number.isInteger(count) || count < 1) {
  console.error('--count takes a whole number of 1 or more.');
  process.exit(2);
}

let sent = 0;
const failures: string[] = [];
for (const service of services) {
  if (Object.keys(service.producers).length === 0) continue;
  const sender = { name: `${service.name}-load`, producers: service.producers, consumers: {} };
  const running = await startService(sender, {
    transports: Object.fromEntries(Object.entries(transports).map(([id, connect]) => [id, connect()])),
  });
  const result = await sendExamples(service, running, count);
  sent += result.sent;
  failures.push(...result.failures);
  await running.stop();
}
for (const failure of new Set(failures)) console.error(failure);
console.log(`load: ${sent} sent, ${failures.length} not sent`);
process.exitCode = failures.length === 0 ? 0 : 1;
