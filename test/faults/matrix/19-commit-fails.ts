import { setTimeout as pause } from 'node:timers/promises';
import type { ProbeRun } from '../support/probe.ts';
import type { Fault } from './fault.ts';

/** Shorter than the session of a member, and longer: then the group has gone on without it. */
const HOLES_MS = [3_000, 9_000];
/** A revocation may be over before the hole opens. */
const TRIES = 4;

export const commitFails: Fault = {
  number: 19,
  title: 'offsets cannot be committed while partitions are revoked',
  holds: 'L D',
  brokers: ['kafka'],
  notShown: { rabbitmq: 'RabbitMQ has neither offsets nor revocations: each message is acknowledged' },
  always: false,
  async run(run) {
    // The handlers at work hold up a revocation for so long.
    await run.restart('payment', { HANDLER_MS: '2000' });
    for (const ms of HOLES_MS) {
      let failed = 0;
      for (let tries = 0; failed === 0 && tries < TRIES; tries++) failed = await revokeInto(run, ms);
      run.strike(`commits that fail for ${ms} ms`, failed);
    }
    await run.restart('payment');
    await run.resumed();
    return { kills: 0, faults: HOLES_MS.length };
  },
};

/** A third member joins, and nothing comes through while the others give up their share. @returns Commits that failed. */
async function revokeInto(run: ProbeRun, ms: number): Promise<number> {
  const { fleet, side } = run;
  const failures = (): number =>
    fleet.output('payment').split('The offsets could not be committed.').length - 1;
  const before = failures();
  await fleet.busy('payment#1');
  const key = await fleet.launch('payment');
  await fleet.waitReady(key);
  // By the next heartbeat the others know what they have to give up.
  await pause(500);
  side.proxy.blackHole();
  await pause(ms);
  side.proxy.reset();
  side.proxy.heal();
  await run.until('a member that is back', () => fleet.ready(key));
  await fleet.end(key);
  return failures() - before;
}
