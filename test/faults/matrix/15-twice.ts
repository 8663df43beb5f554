import type { Fault } from './fault.ts';

export const twice: Fault = {
  number: 15,
  title: 'the same message twice, and at the same time at two consumers',
  holds: 'one effect',
  brokers: ['rabbitmq', 'kafka', 'kinesis', 'redis', 'celery', 'celery-rabbitmq', 'sqs'],
  always: true,
  async run(run) {
    // Not poison: copies of that have attempts of their own.
    run.settings['order'] = { TWICE_EVERY: '2', POISON_EVERY: '1000000' };
    await run.fleet.end('order#1');
    await run.startSender();
    await run.until('copies', () => run.events('confirm').length > run.events('send').length + 20);
    await run.strikeAtWork('copies');
    return { kills: 0, faults: 1 };
  },
};
