import type { Fault } from './fault.ts';

export const killProducer: Fault = {
  number: 4,
  title: 'kill -9 of a producer between send and confirm',
  holds: 'U; what was not confirmed is sent again under the same id and has one effect',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    const { fleet, side } = run;
    for (let n = 0; n < 3; n++) {
      await run.effects(run.events('effect').length + 50);
      // Confirms come late, so that sends are under way at any moment.
      side.proxy.conditions = { latencyMs: 200 };
      await run.until('sends under way', () => run.unconfirmed() > 0);
      await fleet.kill('order#1');
      side.proxy.conditions = {};
    }
    await run.resumed();
    return { kills: 0, faults: 0 };
  },
};
