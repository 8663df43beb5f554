import type { Fault } from './fault.ts';

/** Longer than the deadline of a send, which is 30 s. */
const LONG_MS = 35_000;

export const blackHole: Fault = {
  number: 8,
  title: 'connections that swallow everything and never end',
  holds: 'S R B, through deadlines and heartbeats',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    const { history, side } = run;
    await run.effects(100);
    history.append({ type: 'cut', connections: side.proxy.connections });
    side.proxy.blackHole();
    await run.until('sends under way', () => run.unconfirmed().length > 0);
    const open = run.unconfirmed();
    run.strike('black hole', open.length);
    await run.endure(LONG_MS);
    const still = new Set(run.unconfirmed());
    const hanging = open.filter((id) => still.has(id));
    if (hanging.length > 0)
      throw new Error(`${hanging.length} of ${open.length} sends have not settled by their deadline`);
    side.proxy.reset();
    side.proxy.heal();
    await run.resumed();
    return { kills: 0, cuts: 1, faults: 1 };
  },
};
