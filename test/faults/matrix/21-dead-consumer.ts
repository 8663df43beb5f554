import type { Fault } from './fault.ts';

const returns = 'the broker itself gives back what a dead consumer held; see fault 1';

export const deadConsumer: Fault = {
  number: 21,
  title: 'a consumer dies with entries in hand and does not come back',
  holds: 'L R: another one takes them over',
  brokers: ['redis', 'celery', 'celery-rabbitmq'],
  notShown: {
    sqs: 'what a dead process has held is seen again after the visibility timeout, which fault 1 shows',
    kinesis: 'shards of a dead member go to others when its leases run out, which fault 1 shows',
    rabbitmq: returns,
    kafka: returns,
  },
  always: true,
  // Slower than what is sent, so that there is work for it at any moment.
  settings: { email: { HANDLER_MS: '60' } },
  async run(run) {
    const { fleet } = run;
    await fleet.busy('payment#1');
    const held = run.atWork();
    await fleet.crash('payment#1');
    if (held === 0) throw new Error('nothing was in hand');
    await run.resumed();
    // The ordered group has one member at work: this is its only one, and the next begins with what it held.
    await fleet.busy('email#1');
    await fleet.crash('email#1');
    await fleet.start('email');
    await run.resumed();
    return { kills: 2 };
  },
};
