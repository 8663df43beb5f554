import { startService } from '../messaging/index.ts';
import {
  nonNegative,
  readArguments,
  refuse,
  reportProgress,
  untilInterrupted,
  wholeNumber,
} from './arguments.ts';
import { sendAll, Tally } from './sending.ts';
import { services } from './services.ts';
import { trafficOf, withoutBodies } from './traffic.ts';
import { transports } from './transports.ts';

const USAGE = `npm run load   sends to the real brokers, through the producers of the services
--count N      messages of each type, 1000 unless it says otherwise
--rate N       a second, over all services; as fast as they are confirmed without it
--keys N       spreads the messages over N keys, in place of those of the examples
--skew S       0: all keys alike; 1: the n-th key has a share of 1/n, as in Zipf's law
--seed N       draws the same keys again
--service ID   only the producers of this service`;

const { values } = readArguments(
  {
    options: {
      count: { type: 'string', default: '1000' },
      rate: { type: 'string' },
      keys: { type: 'string' },
      skew: { type: 'string' },
      seed: { type: 'string' },
      service: { type: 'string' },
    },
  },
  USAGE,
);
const options = {
  count: wholeNumber('--count', values.count) ?? 0,
  keys: wholeNumber('--keys', values.keys),
  skew: nonNegative('--skew', values.skew),
  seed: wholeNumber('--seed', values.seed),
};
const rate = wholeNumber('--rate', values.rate);
const chosen = services.filter(
  ({ name, producers }) =>
    Object.keys(producers).length > 0 && (values.service === undefined || values.service === name),
);
if (chosen.length === 0) refuse(`There is no service ${values.service ?? ''} that sends.`, USAGE);
process.env.LOG_LEVEL ??= 'warn';

const tally = new Tally();
const signal = untilInterrupted();
const startedAt = performance.now();
const summary = () => {
  const seconds = (performance.now() - startedAt) / 1_000;
  return `load: ${tally.confirmed} confirmed, ${tally.failed} failed, ${Math.round(tally.confirmed / seconds)}/s`;
};
const done = reportProgress(summary);
try {
  await Promise.all(
    chosen.map(async (service) => {
      for (const type of withoutBodies(service))
        console.error(
          `${type} is left out: it has no example, and none that fits could be made of its schema.`,
        );
      const running = await startService(
        { name: `${service.name}-load`, producers: service.producers, consumers: {} },
        {
          transports: Object.fromEntries(Object.entries(transports).map(([id, connect]) => [id, connect()])),
        },
        signal,
      );
      const perSecond = rate === undefined ? undefined : rate / chosen.length;
      await sendAll(trafficOf(service, options), running, tally, { perSecond, signal }).finally(() =>
        running.stop(),
      );
    }),
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  done();
}
for (const [error, times] of tally.errors) console.error(`${times} × ${error}`);
if (signal.aborted) console.error('Interrupted.');
console.log(summary());
if (tally.failed > 0 || signal.aborted) process.exitCode = 1;
