import type { Fault } from './fault.ts';

export const revoked: Fault = {
  number: 27,
  title: 'credentials revoked in the middle of a run',
  holds: 'S R; no secret in a log',
  brokers: ['rabbitmq', 'kafka'],
  notShown: { sqs: 'the emulator takes any access key', kinesis: 'the emulator takes any access key' },
  always: false,
  async run(run) {
    const { fleet, side } = run;
    await run.effects(100);
    run.strike('credentials revoked');
    await side.revoke(true);
    for (const key of fleet.keys)
      await run.until(`${key} is not ready`, async () => !(await fleet.ready(key)), 30_000);
    await run.endure(5_000);
    await side.revoke(false);
    await run.resumed();
    return {
      kills: 0,
      faults: 1,
      verify: () => {
        const output = fleet.output();
        const { secrets } = fleet;
        if (secrets.length === 0 || secrets.some((secret) => output.includes(secret)))
          throw new Error('a secret stands in a log');
      },
    };
  },
};
