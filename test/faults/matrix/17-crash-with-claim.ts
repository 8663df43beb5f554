import type { Fault } from './fault.ts';

export const crashWithClaim: Fault = {
  number: 17,
  title: 'crash while claims are held',
  holds: 'L: leases end, and the messages are handled again',
  brokers: ['rabbitmq', 'kafka', 'kinesis', 'redis', 'celery', 'celery-rabbitmq', 'sqs'],
  always: true,
  async run(run) {
    const { fleet, settings } = run;
    settings['payment'] = { HANDLER_MS: '1000' };
    for (const key of ['payment#1', 'payment#2']) await fleet.end(key);
    for (let n = 0; n < 2; n++) await fleet.start('payment');
    settings['payment'] = {};
    for (const key of ['payment#1', 'payment#2']) {
      await fleet.busy(key);
      await fleet.kill(key);
      await run.resumed();
    }
    return { kills: 2 };
  },
};
