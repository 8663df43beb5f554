import { parseArgs } from 'node:util';
import type { ServiceDefinition } from '../messaging/index.ts';
import { inMemory } from './memory.ts';
import { sendExamples } from './sendExamples.ts';
import { services } from './services.ts';

// All services in this process, on brokers in memory: nothing to install, nothing kept. Ends when all is handled.
const { values } = parseArgs({ options: { count: { type: 'string', default: '100' } } });
const count = Number(values.count);
if (!Number.isInteger(count) || count < 1) {
  console.error('--count takes a whole number of 1 or more.');
  process.exit(2);
}
process.env.LOG_LEVEL ??= 'warn';

const handled = new Map<string, number>();

/** The service with its handlers counted. */
function counted(service: ServiceDefinition): ServiceDefinition {
  const consumers = Object.entries(service.consumers).map(([id, consumer]) => {
    const name = `${service.name}.${id}`;
    handled.set(name, 0);
    const handler: typeof consumer.handler = async (message, context) => {
      await consumer.handler(message, context);
      handled.set(name, (handled.get(name) ?? 0) + 1);
    };
    return [id, { ...consumer, handler }] as const;
  });
  return { ...service, consumers: Object.fromEntries(consumers) };
}

const memory = inMemory();
const running = await Promise.all(
  services.map(async (service) => ({ service, instance: await memory.start(counted(service)) })),
);
const sends = await Promise.all(
  running.map(({ service, instance }) => sendExamples(service, instance, count)),
);
await memory.idle();

const dead = new Set(
  services.flatMap(({ consumers }) =>
    Object.values(consumers).flatMap(({ deadLetter: to }) =>
      'queue' in to ? [to.queue] : 'topic' in to ? [to.topic] : [],
    ),
  ),
);
const deadLetters = memory.waiting().filter(({ channel }) => dead.has(channel)).length;
await Promise.all(running.map(({ instance }) => instance.stop()));
memory.close();

for (const [name, number] of handled) console.log(`${name}: ${number} handled`);
const failures = sends.flatMap(({ failures }) => failures);
for (const failure of new Set(failures)) console.error(failure);
const sent = sends.reduce((sum, result) => sum + result.sent, 0);
const total = [...handled.values()].reduce((sum, number) => sum + number, 0);
console.log(
  `demo: ${sent} sent, ${failures.length} not sent, ${total} handled, ${deadLetters} dead-lettered`,
);
process.exitCode = failures.length + deadLetters === 0 ? 0 : 1;
