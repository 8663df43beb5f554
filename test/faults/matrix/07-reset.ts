import type { Fault } from './fault.ts';

const CUTS = 4;

export const reset: Fault = {
  number: 7,
  title: 'connections reset in the middle of publishing',
  holds: 'S L R',
  brokers: ['rabbitmq', 'kafka', 'kinesis', 'redis', 'celery', 'celery-rabbitmq', 'sqs'],
  always: true,
  async run(run) {
    const { history, side } = run;
    for (let n = 0; n < CUTS; n++) {
      await run.effects(run.events('effect').length + 100);
      history.append({ type: 'cut', connections: side.proxy.connections });
      side.proxy.reset();
      await run.resumed();
    }
    return { kills: 0, cuts: CUTS };
  },
};
