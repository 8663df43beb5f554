import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.ts';

export const blackHole: Fault = {
  number: 8,
  title: 'connections that swallow everything and never end',
  holds: 'S through heartbeats',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    const { history, side } = run;
    await run.effects(100);
    history.append({ type: 'cut', connections: side.proxy.connections });
    side.proxy.blackHole();
    // Longer than the deadline of a send: each must settle although nothing comes back.
    await pause(45_000);
    if (run.unconfirmed() > run.events('reject').length + 256 * 2)
      throw new Error('sends do not settle while nothing comes back');
    side.proxy.reset();
    side.proxy.heal();
    await run.resumed();
    return { kills: 0, cuts: 1 };
  },
};
