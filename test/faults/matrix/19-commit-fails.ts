import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.ts';

/** Shorter than the session of a member, and longer: then the group has gone on without it. */
const HOLES_MS = [3_000, 9_000];

export const commitFails: Fault = {
  number: 19,
  title: 'offsets cannot be committed while partitions are revoked',
  holds: 'L D',
  brokers: ['kafka'],
  notShown: { rabbitmq: 'RabbitMQ has neither offsets nor revocations: each message is acknowledged' },
  always: false,
  async run(run) {
    const { fleet, side } = run;
    // The handlers at work hold up a revocation for so long.
    await run.restart('payment', { HANDLER_MS: '1500' });
    let failures = 0;
    for (const ms of HOLES_MS) {
      await fleet.busy('payment#1');
      const key = await fleet.launch('payment');
      await fleet.waitReady(key);
      // By the next heartbeat the others know what they have to give up.
      await pause(700);
      side.proxy.blackHole();
      await pause(ms);
      side.proxy.reset();
      side.proxy.heal();
      await run.until('work that goes on', async () => fleet.ready(key));
      const all = fleet.output('payment').split('The offsets could not be committed.').length - 1;
      run.strike(`commits that fail for ${ms} ms`, all - failures);
      failures = all;
      await fleet.end(key);
    }
    await run.restart('payment');
    await run.resumed();
    return { kills: 0, faults: HOLES_MS.length };
  },
};
