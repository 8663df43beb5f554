import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.ts';

export const revoked: Fault = {
  number: 27,
  title: 'credentials revoked in the middle of a run',
  holds: 'S; no secret in a log',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    const { fleet, side } = run;
    await run.effects(100);
    run.strike('credentials revoked');
    await side.revoke(true);
    await pause(8_000);
    await side.revoke(false);
    await run.resumed();
    const output = fleet.output();
    const { secrets } = fleet;
    if (secrets.length === 0 || secrets.some((secret) => output.includes(secret)))
      throw new Error('a secret stands in a log');
    return { kills: 0, faults: 1 };
  },
};
