import { PREFETCH } from '../support/probe.ts';
import type { Fault } from './fault.ts';

export const slowConsumer: Fault = {
  number: 11,
  title: 'consumer a hundred times slower than the producer',
  holds: 'B; the prefetch is respected',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  count: 400,
  async run(run) {
    const { fleet, settings, side } = run;
    settings['payment'] = { HANDLER_MS: '2500' };
    for (const key of ['payment#1', 'payment#2']) await fleet.end(key);
    for (let n = 0; n < 2; n++) await fleet.start('payment');
    await fleet.busy('payment#1');
    run.strike('slow consumer');
    const held: number[] = [];
    for (let n = 0; n < 10; n++) {
      held.push(await side.unsettled());
      await run.effects(run.events('effect').length + 1);
    }
    const most = Math.max(...held);
    if (most > 3 * PREFETCH)
      throw new Error(`${most} messages were held; three consumers may hold ${3 * PREFETCH}`);
    settings['payment'] = {};
    for (const key of ['payment#1', 'payment#2']) await fleet.end(key);
    for (let n = 0; n < 2; n++) await fleet.start('payment');
    return { kills: 0, faults: 1 };
  },
};
