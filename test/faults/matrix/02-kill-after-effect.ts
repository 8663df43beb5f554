import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.ts';

export const killAfterEffect: Fault = {
  number: 2,
  title: 'kill -9 after the effect, before and after the done-mark',
  holds: 'L; before the done-mark effects may be repeated, after it none is',
  brokers: ['rabbitmq', 'kafka', 'kinesis', 'redis', 'celery', 'celery-rabbitmq', 'sqs'],
  always: true,
  async run(run) {
    const { fleet, settings, history, side } = run;
    await fleet.end('email#1');
    settings['email'] = { DIE_AFTER_EFFECTS: '40' };
    // It may be dead before it has said that it is ready.
    await fleet.launch('email');
    await fleet.died('email#1');
    settings['email'] = {};
    await fleet.start('email');

    await fleet.busy('payment#1');
    // From here on marks reach the store, and acknowledgements do not reach the broker.
    history.append({ type: 'cut', connections: side.proxy.connections });
    side.proxy.blackHole();
    const { pid } = fleet.instance('payment#1');
    await run.idle(pid);
    await pause(500);
    await fleet.crash('payment#1');
    side.proxy.reset();
    side.proxy.heal();
    await fleet.start('payment');
    await run.resumed();
    return {
      // The second process held nothing but messages it was done with, so no handler shows that it was killed.
      kills: 1,
      cuts: 1,
      verify: () => {
        const again = run.repeatedEffects().filter((by) => by === pid);
        if (again.length > 0) throw new Error(`${again.length} effects were repeated after their done-mark`);
      },
    };
  },
};
