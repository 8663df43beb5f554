import type { Fault } from './fault.ts';

export const partialBatch: Fault = {
  number: 23,
  title: 'three of ten records of each batch are refused',
  holds: 'L D: only those are sent again',
  brokers: ['kinesis', 'sqs'],
  notShown: {
    rabbitmq: 'each message is confirmed for itself',
    kafka: 'a batch is taken or refused as a whole',
    redis: 'each entry is confirmed for itself',
    celery: 'each task is confirmed for itself',
    'celery-rabbitmq': 'each task is confirmed for itself',
  },
  always: true,
  async run(run) {
    const { side } = run;
    await run.effects(50);
    const before = side.refuseSome?.(true) ?? 0;
    await run.until('100 records refused', () => (side.refuseSome?.(true) ?? 0) >= before + 100);
    run.strike('records refused', (side.refuseSome?.(false) ?? 0) - before);
    await run.resumed();
    return { kills: 0, faults: 1 };
  },
};
