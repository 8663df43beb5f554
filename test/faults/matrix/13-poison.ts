import type { Fault } from './fault.ts';

export const poison: Fault = {
  number: 13,
  title: 'poison: handlers that throw, broken JSON, another schema, an empty body, one too large',
  holds: 'Q',
  brokers: ['rabbitmq', 'kafka', 'kinesis', 'redis', 'celery', 'celery-rabbitmq', 'sqs'],
  always: true,
  async run(run) {
    await run.effects(20);
    await run.strikeAtWork('unreadable messages');
    await run.side.sendInvalid(run.history, 40);
    return { kills: 0, faults: 1 };
  },
};
