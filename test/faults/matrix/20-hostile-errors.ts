import type { Fault } from './fault.ts';

export const hostileErrors: Fault = {
  number: 20,
  title: 'a handler throws something that throws again in the error path',
  holds: 'L; the process lives, or ends with another code than 0',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    const { fleet, settings } = run;
    settings['payment'] = { HOSTILE_ERRORS: 'true' };
    for (const key of ['payment#1', 'payment#2']) await fleet.end(key);
    for (let n = 0; n < 2; n++) await fleet.start('payment');
    await run.until('a poisonous order', () => run.events('send').length >= 200);
    run.strike('errors that throw');
    await run.resumed();
    return { kills: 0, faults: 1 };
  },
};
