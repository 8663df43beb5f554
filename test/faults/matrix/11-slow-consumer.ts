import type { Fault } from './fault.ts';

/** A hundred times slower than the sender, with eight handlers at a time in each of two processes. */
const HANDLER_MS = '5000';

export const slowConsumer: Fault = {
  number: 11,
  title: 'consumer a hundred times slower than the producer',
  holds: 'B; the prefetch is respected',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    await run.restart('payment', { HANDLER_MS });
    await run.fleet.busy('payment#1');
    run.strike('slow consumer');
    await run.endure(15_000);
    await run.restart('payment');
    await run.resumed();
    return { kills: 0, faults: 1 };
  },
};
