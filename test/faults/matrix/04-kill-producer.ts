import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.ts';

export const killProducer: Fault = {
  number: 4,
  title: 'kill -9 of a producer between send and confirm',
  holds: 'U; what was not confirmed is sent again under the same id and has one effect',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    const { fleet, side } = run;
    const open = new Set<string>();
    for (let n = 0; n < 3; n++) {
      await run.effects(run.events('effect').length + 50);
      // Confirms come late, so that sends are under way at any moment.
      side.proxy.conditions = { latencyMs: 200 };
      await run.until('sends under way', () => run.unconfirmed().length > 0);
      await fleet.crash('order#1');
      const unconfirmed = run.unconfirmed();
      for (const id of unconfirmed) open.add(id);
      run.strike('kill -9 of the producer', unconfirmed.length);
      side.proxy.conditions = {};
      // What had arrived is handled before it is sent once more.
      await pause(1_000);
      await fleet.start('order');
    }
    await run.resumed();
    return {
      kills: 0,
      faults: 3,
      verify: () => {
        const settled = new Set(run.events('confirm').map(({ id }) => id));
        const lost = [...open].filter((id) => !settled.has(id));
        if (lost.length > 0) throw new Error(`${lost.length} sends were not made again after the kill`);
      },
    };
  },
};
