import type { Fault } from './fault.ts';

export const slowNetwork: Fault = {
  number: 9,
  title: '500 ms latency, then 1 KB/s, then frames in slices',
  holds: 'L S B',
  brokers: ['rabbitmq', 'kafka'],
  always: false,
  async run(run) {
    const { side } = run;
    await run.effects(50);
    for (const conditions of [{ latencyMs: 500 }, { bytesPerSecond: 1024 }, { sliceBytes: 3 }]) {
      run.strike(JSON.stringify(conditions));
      side.proxy.conditions = conditions;
      await run.endure(8_000);
      side.proxy.conditions = {};
      await run.resumed();
    }
    return { kills: 0, faults: 3 };
  },
};
