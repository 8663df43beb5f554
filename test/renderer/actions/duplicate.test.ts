import { describe, expect, test } from 'vitest';
import { duplicateSelected } from '../../../renderer/actions/duplicate.ts';
import { createAppStore } from '../../../renderer/store/store.ts';
import { MemoryHost } from '../store/host.ts';

const text = `brokerloom: 1
design: { name: small, environment: prod }
brokers: { work: { kind: rabbitmq } }
services: { shop: {} }
messages: { order.placed: {} }
exchanges:
  orders: { broker: work, type: topic }
queues:
  billing: { broker: work, deadLetter: failed, x-team: money }
  failed: { broker: work, role: dead-letter }
  billing-2: { broker: work }
bindings:
  a: { source: orders, destination: billing, routingKey: order.* }
consumers:
  biller: { service: shop, channel: billing }
layout:
  consumers/biller: [640, 0]
  exchanges/orders: [208, 0]
  queues/billing: [416, 0]
  queues/billing-2: [416, 240]
  queues/failed: [416, 80]
`;

async function duplicated(...addresses: `${'queues' | 'consumers'}/${string}`[]) {
  const store = createAppStore(new MemoryHost(text).api);
  const app = () => store.getState();
  await app().start();
  app().select(addresses, 'canvas');
  duplicateSelected(app());
  const { graph, scene, positions } = app().shown ?? {};
  if (!graph || !scene || !positions) throw new Error('nothing is shown');
  return { app, design: graph.design, scene, positions };
}

describe('duplicating', () => {
  test('keeps what the author wrote, takes the next free name and the bindings of the original', async () => {
    const { app, design } = await duplicated('queues/billing');
    expect([...app().selected]).toEqual(['queues/billing-3']);
    expect(design.queues.get('billing-3')).toEqual(design.queues.get('billing'));
    expect(
      [...design.bindings.values()].map(({ destination, routingKey }) => [destination, routingKey]),
    ).toEqual([
      ['billing', 'order.*'],
      ['billing-3', 'order.*'],
    ]);
    app().undo();
    expect(app().session?.text).toBe(text);
    expect(app().session?.canUndo).toBe(false);
  });

  test('makes copies name each other, and what is not copied as before', async () => {
    const { design } = await duplicated(
      'queues/billing',
      'queues/billing-2',
      'queues/failed',
      'consumers/biller',
    );
    expect(design.queues.get('billing-3')?.deadLetter).toBe('failed-2');
    expect(design.consumers.get('biller-2')?.channel).toBe('billing-3');
    expect(design.queues.has('billing-4')).toBe(true);
    expect(design.bindings.get('a-2')).toMatchObject({ source: 'orders', destination: 'billing-3' });
    expect(design.queues.get('billing')?.deadLetter).toBe('failed');
  });

  test('puts the copies where nothing stands', async () => {
    const { positions, scene } = await duplicated('queues/billing', 'consumers/biller');
    const boxes = [...positions].map(([address, [x, y]]) => {
      const size = scene.byAddress.get(address)?.size ?? { width: 0, height: 0 };
      return { address, left: x, right: x + size.width, top: y, bottom: y + size.height };
    });
    for (const a of boxes) {
      const over = boxes.filter(
        (b) => a !== b && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom,
      );
      expect(over).toEqual([]);
    }
  });
});
