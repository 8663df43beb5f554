import type { Fault } from './fault.ts';

const KILLS = 20;
/** Now and then all handlers have ended between a look at them and the kill. */
const SPARE = 2;

export const killConsumer: Fault = {
  number: 1,
  title: 'kill -9 of a consumer in the middle of its work, 20 times',
  holds: 'L U D R',
  brokers: ['rabbitmq', 'kafka', 'kinesis', 'redis', 'celery', 'celery-rabbitmq', 'sqs'],
  always: true,
  async run({ fleet }) {
    for (let n = 0; n < KILLS + SPARE; n++) {
      const victim = `payment#${1 + (n % 2)}`;
      await fleet.busy(victim);
      await fleet.crash(victim);
      // The other one is next, ready or not: more often than not only one of the two is up.
      await fleet.launch('payment');
    }
    return { kills: KILLS };
  },
};
