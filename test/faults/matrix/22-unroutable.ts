import type { Fault } from './fault.ts';

export const unroutable: Fault = {
  number: 22,
  title: 'messages that no queue takes',
  holds: 'S: an error, never silence',
  brokers: ['rabbitmq'],
  notShown: {
    sqs: 'SQS routes nothing, and SNS takes what nobody subscribes to without a word',
    kinesis: 'a stream takes every record; there is nothing to route',
    kafka: 'a topic takes every record; there is nothing to route',
    redis: 'a stream takes every entry; there is nothing to route',
    celery: 'a list is made by the first task that is pushed; there is nothing to route',
    'celery-rabbitmq':
      'tasks go to their queue by name; one that is missing is an error, which a test of the transport shows',
  },
  always: false,
  async run(run) {
    const { fleet, side, history } = run;
    await run.effects(100);
    await fleet.end('order#1');
    await side.unroute?.(history);
    const confirmed = run.events('confirm').length;
    await fleet.start('order');
    await run.until('rejected sends', () => run.events('reject').length >= 500);
    await fleet.end('order#1');
    const rejected = run.events('reject');
    run.strike('no queue is bound', rejected.length);
    if (run.events('confirm').length > confirmed) throw new Error('an unroutable message was confirmed');
    const other = rejected.find(({ reason }) => !/^No queue takes/.test(reason));
    if (other) throw new Error(`an unroutable message was rejected otherwise: ${other.reason}`);
    await side.restoreTopology();
    await fleet.start('order');
    await run.resumed();
    return {
      kills: 0,
      faults: 1,
      verify: () => {
        const now = new Set(run.events('confirm').map(({ id }) => id));
        if (rejected.some(({ id }) => !now.has(id))) throw new Error('a rejected message was not sent again');
      },
    };
  },
};
