import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const MEMBERS = 10;
const ROUNDS = 10;
const EVERY_MS = 2_000;

const noGroups = 'a queue has no groups: its consumers come and go without each other';

export const rebalanceStorm: Fault = {
  number: 18,
  title: 'ten members, one of which leaves or joins every 2 s',
  holds: 'L O R',
  brokers: ['kafka', 'kinesis'],
  notShown: {
    sqs: noGroups,
    rabbitmq: noGroups,
    celery: noGroups,
    'celery-rabbitmq': noGroups,
    redis: 'members of a group do not wait for each other; nothing is reassigned',
  },
  always: false,
  async run(run) {
    const { fleet } = run;
    // The group that is promised an order.
    while (fleet.keys.filter((key) => key.startsWith('email#')).length < MEMBERS) await fleet.start('email');
    for (let n = 0; n < ROUNDS; n++) {
      run.strike(`rebalance ${n + 1}`);
      const leaving = n % 2 === 0;
      const step = leaving ? fleet.end(`email#${1 + (n % MEMBERS)}`) : fleet.start('email');
      await Promise.all([step, pause(EVERY_MS)]);
    }
    await run.resumed();
    await run.restart('email', {}, 1);
    await run.resumed();
    return { kills: 0, faults: ROUNDS / 2 };
  },
};
