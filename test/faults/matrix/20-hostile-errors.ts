import type { Fault } from './fault.ts';

export const hostileErrors: Fault = {
  number: 20,
  title: 'a handler throws something that throws again in the error path',
  holds: 'L; the process lives, or ends with another code than 0',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    await run.restart('payment', { HOSTILE_ERRORS: 'true' });
    await run.until('poisonous orders', () => run.events('send').length >= 500);
    run.strike('errors that throw');
    await run.resumed();
    return { kills: 0, faults: 1 };
  },
};
