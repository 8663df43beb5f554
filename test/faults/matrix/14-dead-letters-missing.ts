import type { Fault } from './fault.ts';

export const deadLettersMissing: Fault = {
  number: 14,
  title: 'the dead-letter channel is missing',
  holds: 'L: the original is kept until the copy is confirmed',
  brokers: ['rabbitmq', 'kafka', 'kinesis', 'redis', 'celery', 'celery-rabbitmq', 'sqs'],
  always: true,
  // What is in the channel when it goes is gone: nothing may be there yet.
  settings: { order: { POISON_EVERY: '1000000' } },
  async run(run) {
    const { side, fleet } = run;
    await run.effects(20);
    await side.dropDeadLetters();
    await side.sendInvalid(run.history, 20);
    await run.until('a consumer says that copies cannot be published', () =>
      /cannot publish a retry or dead-letter copy/.test(fleet.output('payment')),
    );
    await run.strikeAtWork('dead-letter channel missing');
    await side.restoreTopology();
    await run.resumed();
    return { kills: 0, faults: 1 };
  },
};
