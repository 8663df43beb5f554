import type { Fault } from './fault.ts';

export const brokerRestart: Fault = {
  number: 5,
  title: 'broker restarted, by SIGTERM and by SIGKILL',
  holds: 'L R S',
  brokers: ['rabbitmq', 'kafka', 'kinesis', 'redis', 'celery', 'celery-rabbitmq', 'sqs'],
  always: true,
  async run(run) {
    const { broker } = run.side;
    for (const how of ['stop', 'kill'] as const) {
      await run.effects(run.events('effect').length + 100);
      await run.strikeAtWork(how);
      await broker[how]();
      await broker.start();
      await run.resumed();
    }
    return { kills: 0, faults: 2 };
  },
};
