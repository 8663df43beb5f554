import { setTimeout as pause } from 'node:timers/promises';
import type { ProbeRun } from '../support/probe.ts';
import type { Fault } from './fault.ts';

/** Shorter than the session of a member, and longer: then the group has gone on without it. */
const HOLES_MS = [3_000, 9_000];
/** Orders that wait for both consumers, poison among them. */
const WAITING = 40;
/** A revocation may be over before the hole opens, or not come. */
const TRIES = 6;

export const commitFails: Fault = {
  number: 19,
  title: 'offsets cannot be committed while partitions are revoked',
  holds: 'L D',
  brokers: ['kafka'],
  notShown: {
    sqs: 'SQS has neither offsets nor revocations: each message is deleted',
    kinesis: 'a checkpoint that is refused is shown by tests of the transport',
    rabbitmq: 'RabbitMQ has neither offsets nor revocations: each message is acknowledged',
    redis: 'Redis has no revocations, and each entry is acknowledged',
    celery: 'Celery has neither offsets nor revocations: each task is acknowledged',
    'celery-rabbitmq': 'Celery has neither offsets nor revocations: each task is acknowledged',
  },
  always: false,
  async run(run) {
    // What has been handed out is ended before a partition is given up: little of it, and that slowly.
    await run.restart('order', { BATCH: '10', BACKLOG: String(WAITING) });
    const waiting = (): number => 2 * run.events('confirm').length - run.events('effect').length;
    await run.until('little that waits', () => waiting() <= 2 * WAITING, 90_000);
    await run.restart('payment', { HANDLER_MS: '1000' });
    for (const ms of HOLES_MS) {
      let failed = 0;
      for (let tries = 0; failed === 0 && tries < TRIES; tries++) failed = await revokeInto(run, ms);
      run.strike(`commits that fail for ${ms} ms`, failed);
    }
    await run.restart('payment');
    await run.restart('order', { BATCH: '10', BACKLOG: '800' });
    await run.resumed();
    return { kills: 0, faults: HOLES_MS.length };
  },
};

/** A third member joins, and nothing comes through while the others give up their share. @returns Commits that failed. */
async function revokeInto(run: ProbeRun, ms: number): Promise<number> {
  const { fleet, side } = run;
  const logged = (text: string): number => fleet.output('payment').split(text).length - 1;
  const failures = (): number => logged('The offsets could not be committed.');
  const revocations = (): number => logged('The group takes partitions back');
  const before = failures();
  await fleet.busy('payment#1');
  const begun = revocations();
  const key = await fleet.launch('payment');
  const isAsked = await run
    .until('partitions that are taken back', () => revocations() > begun, 15_000)
    .then(() => true)
    .catch(() => false);
  // Who has lost everything just before has nothing to give.
  if (!isAsked) {
    await fleet.end(key);
    return 0;
  }
  side.proxy.blackHole();
  await pause(ms);
  side.proxy.reset();
  side.proxy.heal();
  await run.until('a member that is back', () => fleet.ready(key));
  await fleet.end(key);
  return failures() - before;
}
