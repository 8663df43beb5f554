import type { ServiceDefinition } from '../messaging/index.ts';
import { readArguments, wholeNumber } from './arguments.ts';
import { inMemory } from './memory.ts';
import { sendAll, Tally } from './sending.ts';
import { services } from './services.ts';
import { trafficOf } from './traffic.ts';

// All services in this process, on brokers in memory: nothing to install, nothing kept. Ends when all is handled.
const USAGE = 'npm run demo -- --count N   sends N messages of each type, 100 unless it says otherwise';
const { values } = readArguments({ options: { count: { type: 'string', default: '100' } } }, USAGE);
const count = wholeNumber('--count', values.count) ?? 0;
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
const tally = new Tally();
await Promise.all(
  running.map(({ service, instance }) => sendAll(trafficOf(service, { count }), instance, tally)),
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
for (const [error, times] of tally.errors) console.error(`${times} × ${error}`);
const total = [...handled.values()].reduce((sum, number) => sum + number, 0);
console.log(
  `demo: ${tally.confirmed} sent, ${tally.failed} not sent, ${total} handled, ${deadLetters} dead-lettered`,
);
process.exitCode = tally.failed + deadLetters === 0 ? 0 : 1;
