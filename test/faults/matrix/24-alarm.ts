import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from './fault.ts';

export const alarm: Fault = {
  number: 24,
  title: 'broker short of memory or disk',
  holds: 'S B R',
  brokers: ['rabbitmq'],
  always: false,
  async run(run) {
    await run.effects(100);
    await run.side.alarm(true);
    await pause(5_000);
    run.strike('alarm');
    await run.side.alarm(false);
    await run.resumed();
    return { kills: 0, faults: 1 };
  },
};
