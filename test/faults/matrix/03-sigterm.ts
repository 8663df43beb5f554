import type { Fault } from './fault.ts';

export const sigterm: Fault = {
  number: 3,
  title: 'SIGTERM under load',
  holds: 'L, no duplicate, ends within its grace time',
  brokers: ['rabbitmq', 'kafka', 'kinesis', 'redis', 'celery', 'celery-rabbitmq', 'sqs'],
  always: true,
  async run(run) {
    const { fleet } = run;
    await fleet.busy('payment#1');
    run.strike('SIGTERM');
    for (const key of ['payment#1', 'payment#2', 'email#1']) {
      const { code } = await fleet.end(key);
      if (code !== 0) throw new Error(`${key} ended with exit code ${code}`);
    }
    const begun = run.events('handler-start').length;
    await run.startConsumers();
    await run.resumed();
    const starts = run.events('handler-start');
    const twice =
      starts.length - new Set(starts.map(({ id, consumer, attempt }) => `${consumer} ${id} ${attempt}`)).size;
    if (begun === 0 || twice > 0) throw new Error(`${twice} messages were handled again after a clean end`);
    return { kills: 0, faults: 1 };
  },
};
