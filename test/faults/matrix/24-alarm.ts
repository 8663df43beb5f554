import { administer } from '../support/store.ts';
import type { Fault } from './fault.ts';

export const alarm: Fault = {
  number: 24,
  title: 'broker, then store, short of memory or disk',
  holds: 'S B R',
  brokers: ['rabbitmq', 'kafka'],
  notShown: { sqs: 'the emulator has no limits', kinesis: 'the emulator has no limits' },
  always: false,
  async run(run) {
    const { side, store } = run;
    await run.effects(100);
    await side.alarm(true);
    await run.until('sends that the broker does not take', () => run.unconfirmed().length > 0);
    run.strike('the broker refuses messages');
    await run.endure(8_000);
    await side.alarm(false);
    await run.resumed();

    run.strike('the store refuses writes');
    await administer(store, 'CONFIG', 'SET', 'maxmemory', '1');
    await run.endure(5_000);
    await administer(store, 'CONFIG', 'SET', 'maxmemory', '0');
    await run.resumed();
    return { kills: 0, faults: 2 };
  },
};
