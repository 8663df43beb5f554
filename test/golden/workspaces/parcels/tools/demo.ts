import type { ServiceDefinition } from '../messaging/index.ts';
import { readArguments, reportProgress, untilInterrupted, wholeNumber } from './arguments.ts';
import { inMemory } from './memory.ts';
import { sendAll, Tally } from './sending.ts';
import { services } from './services.ts';
import { trafficOf } from './traffic.ts';

// All services in this process, on brokers in memory: nothing to install, nothing kept. Ends when all is handled.
const USAGE = `npm run demo
--count N   sends N messages of each type, 100 unless it says otherwise
--forever   sends some every second until it is interrupted`;
const { values } = readArguments(
  {
    options: { count: { type: 'string', default: '100' }, forever: { type: 'boolean', default: false } },
  },
  USAGE,
);
const count = values.forever ? Number.POSITIVE_INFINITY : (wholeNumber('--count', values.count) ?? 0);
const pace = values.forever ? { perSecond: 2, signal: untilInterrupted() } : {};
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
const handledSoFar = () => [...handled.values()].reduce((sum, number) => sum + number, 0);
const done = reportProgress(() => `demo: ${tally.confirmed} sent, ${handledSoFar()} handled so far`);
await Promise.all(
  running.map(({ service, instance }) => sendAll(trafficOf(service, { count }), instance, tally, pace)),
);
done();
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
console.log(
  `demo: ${tally.confirmed} sent, ${tally.failed} not sent, ${handledSoFar()} handled, ${deadLetters} dead-lettered`,
);
process.exitCode = tally.failed + deadLetters === 0 ? 0 : 1;
