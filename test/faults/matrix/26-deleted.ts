import { RESUME_MS } from '../support/probe.ts';
import { administer } from '../support/store.ts';
import type { Fault } from './fault.ts';

const LOUD_MS = 30_000;

export const deleted: Fault = {
  number: 26,
  title: 'FLUSHALL of the store, then the channel that is read deleted',
  holds: 'the services say so within 30 s, and work again once it is put right',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    const { fleet, side, store } = run;
    const readers = ['payment#1', 'payment#2'];
    await run.effects(100);
    // What is lost with a store or a channel is not for a service to save: nothing may be there.
    await run.quiet();
    await administer(store, 'FLUSHALL');
    for (const key of [...readers, 'email#1'])
      await run.until(
        `${key} says that the store is empty`,
        async () => /has lost its records/.test(await fleet.problems(key)),
        LOUD_MS,
      );
    run.strike('FLUSHALL', readers.length);
    for (const service of ['payment', 'email']) await run.restart(service);
    await fleet.start('order');
    await run.resumed();

    await run.quiet();
    await side.dropSource();
    for (const key of readers) {
      await run.until(`${key} is not ready`, async () => !(await fleet.ready(key)), LOUD_MS);
      await run.until(
        `${key} logs an error`,
        () => /"level":"error".*(?:payments|orders)/.test(fleet.instance(key).output),
        LOUD_MS,
      );
    }
    run.strike('channel deleted', readers.length);
    await side.restoreTopology();
    for (const key of [...readers, 'email#1']) await fleet.waitReady(key, RESUME_MS);
    await fleet.start('order');
    await run.resumed();
    return { kills: 0, faults: 2 };
  },
};
