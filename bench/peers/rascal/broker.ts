import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What is used of rascal, which has no types of its own. */
interface Rascal {
  readonly BrokerAsPromised: { create(config: object): Promise<RascalBroker> };
}

interface Emitter {
  on(event: string, listener: (...args: never[]) => void): this;
}

interface RascalBroker extends Emitter {
  publish(publication: string, body: unknown, overrides: object): Promise<Emitter>;
  subscribe(subscription: string, overrides: object): Promise<Emitter>;
  shutdown(): Promise<void>;
}

const require = createRequire(join(import.meta.dirname, '..', '..', '..', '.peers', 'package.json'));
const rascal: Rascal = require('rascal');

/** A broker of rascal's for the queue of the benchmark, which exists. */
export async function openBroker(prefetch: number): Promise<RascalBroker> {
  const queue = process.env['BENCH_QUEUE'] ?? '';
  const broker = await rascal.BrokerAsPromised.create({
    vhosts: {
      bench: {
        connection: { url: process.env['RABBIT_URL'] },
        queues: { [queue]: { assert: false, check: true } },
        publications: { jobs: { queue, confirm: true } },
        subscriptions: { jobs: { queue, prefetch } },
      },
    },
  });
  broker.on('error', (error: Error) => {
    throw error;
  });
  return broker;
}
