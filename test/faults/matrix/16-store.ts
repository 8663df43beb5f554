import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'redis';
import type { Fault } from './fault.ts';

export const store: Fault = {
  number: 16,
  title: 'idempotency store down, silent, and empty after a restart',
  holds: 'L; an empty store is refused until an operator accepts it',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    await run.effects(100);
    run.strike('store down');
    await run.store.stop();
    const begun = run.events('handler-start').length;
    await pause(5_000);
    await run.store.start();
    await run.resumed();

    run.strike('store silent');
    await run.store.pause();
    await pause(10_000);
    await run.store.resume();
    await run.resumed();

    run.strike('store empty');
    const client = await createClient({ url: run.store.url }).connect();
    await client.flushAll();
    await run.until(
      'a service refuses the empty store',
      async () => !(await run.fleet.ready('payment#1')),
      30_000,
    );
    client.destroy();
    if (begun === 0) throw new Error('nothing was at work');
    // The operator accepts: services start again with STORE_ACCEPT_EMPTY.
    for (const key of ['payment#1', 'payment#2', 'email#1']) await run.fleet.end(key);
    await run.startConsumers();
    await run.resumed();
    return { kills: 0, faults: 3 };
  },
};
