import { setTimeout as pause } from 'node:timers/promises';
import { LEASE_MS } from '../support/probe.ts';
import type { Fault } from './fault.ts';

/** Longer than the lease, than the session of a member of a group, and than RabbitMQ waits here for an acknowledgement. */
const HANDLER_MS = 9_000;
const ACK_TIMEOUT_MS = 4_000;
/** What three processes do at a time. */
const ROUND = 3 * 8;

export const slowHandler: Fault = {
  number: 12,
  title: 'handler slower than lease, session and acknowledgement time-out',
  holds: 'L D; no effect is repeated, and work goes on',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    const { fleet, side } = run;
    const paid = (): number =>
      run.events('effect').filter(({ consumer }) => consumer === 'take-payment').length;
    await run.effects(100);
    await side.limitAcks(ACK_TIMEOUT_MS);
    await run.restart('payment', { HANDLER_MS: String(HANDLER_MS) });
    await fleet.busy('payment#1');
    run.strike('slow handlers');
    await pause(LEASE_MS);
    // What is at work is not given to the one that joins.
    await fleet.start('payment');
    const before = paid();
    await run.until('two rounds of slow handlers', () => paid() >= before + 2 * ROUND, 90_000);
    await run.bounded();
    const output = fleet.output('payment');
    if (side.name === 'rabbitmq' && !/acknowledgement on channel \d+ timed out/.test(output))
      throw new Error('RabbitMQ has waited for every acknowledgement');
    await side.limitAcks(undefined);
    await run.restart('payment', {}, 2);
    await run.resumed();
    return { kills: 0, faults: 1 };
  },
};
