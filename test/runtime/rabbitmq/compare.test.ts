import { expect, it } from 'vitest';
import type { Topology } from '../../../runtime/index.ts';
import { compareTopology } from '../../../runtime/rabbitmq/compare.ts';

const nothing: Topology = { exchanges: [], queues: [], bindings: [] };
const queue = (name: string, args: Record<string, unknown>): Topology => ({
  ...nothing,
  queues: [{ name, durable: true, arguments: args }],
});

it('does not care for the order of arguments, nor for what the broker brings along', () => {
  const found: Topology = {
    exchanges: [
      { name: '', type: 'direct', durable: true },
      { name: 'amq.topic', type: 'topic', durable: true },
    ],
    queues: [{ name: 'q', durable: true, auto_delete: false, arguments: { b: 2, a: 1 } }],
    bindings: [{ source: '', destination: 'q', destination_type: 'queue', routing_key: 'q', arguments: {} }],
  };
  expect(compareTopology(queue('q', { a: 1, b: 2 }), found)).toEqual([]);
});

it.each([
  [{ a: 1 }, { a: 2 }, 'a is 2, the design says 1'],
  [{ a: 1 }, {}, 'a is not set, the design says 1'],
  [{}, { a: 'x' }, 'a is "x", the design says not set'],
  [{ a: '1' }, { a: 1 }, 'a is 1, the design says "1"'],
])('%j against %j: %s', (wanted, found, detail) => {
  expect(compareTopology(queue('q', wanted), queue('q', found))).toEqual([
    { kind: 'changed', element: 'queue q', detail },
  ]);
});

it('tells bindings apart by every part of them', () => {
  const binding = { source: 'x', destination: 'q', destination_type: 'queue', routing_key: 'k' } as const;
  const variants = [
    binding,
    { ...binding, routing_key: '' },
    { ...binding, destination_type: 'exchange' as const },
    { ...binding, arguments: { h: 1 } },
  ];
  const differences = compareTopology(
    { ...nothing, bindings: [binding] },
    { ...nothing, bindings: variants.slice(1) },
  );
  expect(differences.map(({ kind }) => kind)).toEqual(['missing', 'extra', 'extra', 'extra']);
});
