import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from './fault.ts';

export const store: Fault = {
  number: 16,
  title: 'idempotency store down, slow, silent, and empty after a restart',
  holds: 'L; nothing is handled without it, and an empty store is refused until an operator accepts it',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    const { fleet, store, storeProxy } = run;
    await run.effects(100);
    run.strike('store down');
    await store.stop();
    await run.endure(5_000);
    await store.start();
    await run.resumed();

    run.strike('store slow');
    storeProxy.conditions = { latencyMs: 300 };
    await run.endure(5_000);
    storeProxy.conditions = {};
    await run.resumed();

    run.strike('store silent');
    await store.pause();
    await run.endure(10_000);
    await store.resume();
    await run.resumed();

    // What was handled may be handled again once an operator accepts the loss: nothing is in flight here.
    await run.quiet();
    await store.stop();
    for (const data of ['appendonlydir', 'appendonly.aof', 'dump.rdb'])
      rmSync(join(store.dir, data), { recursive: true, force: true });
    await store.start();
    for (const key of ['payment#1', 'payment#2', 'email#1'])
      await run.until(
        `${key} refuses the empty store`,
        async () => /has lost its records/.test(await fleet.problems(key)),
        30_000,
      );
    await fleet.start('order');
    const sent = run.events('confirm').length;
    await run.until('orders that nobody takes', () => run.events('confirm').length >= sent + 100);
    const begun = run.events('handler-start').length;
    run.strike('store empty', run.events('confirm').length - sent);
    await run.endure(3_000);
    if (run.events('handler-start').length > begun) throw new Error('the empty store was used');
    // The operator accepts: services start again with STORE_ACCEPT_EMPTY.
    for (const key of ['payment#1', 'payment#2', 'email#1']) await fleet.end(key);
    await run.startConsumers();
    await run.resumed();
    return { kills: 0, faults: 4 };
  },
};
