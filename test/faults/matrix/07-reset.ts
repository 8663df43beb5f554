import type { Fault } from './fault.ts';

const CUTS = 4;

export const reset: Fault = {
  number: 7,
  title: 'connections reset in the middle of publishing',
  holds: 'S L R',
  brokers: ['rabbitmq', 'kafka', 'kinesis', 'redis', 'celery', 'sqs'],
  notShown: {
    'celery-rabbitmq':
      'nothing was lost, but in its last run, on a loaded machine, work did not go on within 21 s',
  },
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
