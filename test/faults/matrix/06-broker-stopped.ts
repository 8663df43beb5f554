import type { Fault } from './fault.ts';

export const brokerStopped: Fault = {
  number: 6,
  title: 'broker stopped in its tracks (SIGSTOP) for 15 s',
  holds: 'S R B',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    await run.effects(100);
    run.strike('SIGSTOP');
    await run.side.broker.pause();
    await run.endure(15_000);
    await run.side.broker.resume();
    await run.resumed();
    return { kills: 0, faults: 1 };
  },
};
