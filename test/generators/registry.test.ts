import { expect, test } from 'vitest';
import { brokerKinds } from '../../core/kinds/brokers.ts';
import { brokers } from '../../generators/registry.ts';
import { designOf, problemsOf } from './support.ts';

test('there is a generator for each kind of broker, under its id', () => {
  expect(Object.keys(brokers).sort()).toEqual([...brokerKinds].sort());
  for (const kind of brokerKinds) expect(brokers[kind].id).toBe(kind);
});

test.each(brokerKinds.filter((kind) => kind !== 'rabbitmq' && kind !== 'kafka'))(
  '%s says that it is not generated yet',
  (kind) => {
    const text = `brokerloom: 1\ndesign: { name: x }\nbrokers: { b: { kind: ${kind} } }\n`;
    expect(designOf(text).brokers.size).toBe(1);
    expect(problemsOf(text)).toEqual([
      {
        code: 'LOOM_UNSUPPORTED',
        element: 'brokers/b',
        message: expect.stringContaining(`services on ${brokers[kind].label} are not generated yet`),
        hint: expect.stringContaining('RabbitMQ'),
      },
    ]);
  },
);
