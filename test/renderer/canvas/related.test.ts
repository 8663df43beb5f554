import { expect, test } from 'vitest';
import { relatedTo } from '../../../renderer/canvas/related.ts';
import { exampleGraph } from '../../core/drawing/designs.ts';

const { design } = exampleGraph('orders');

test('a service or message that is selected shows who belongs to it', () => {
  expect([...relatedTo(design, new Set(['services/shipping']))].sort()).toEqual([
    'consumers/ship-order',
    'producers/label-requests',
    'producers/pick-list',
    'producers/shipment-log',
    'producers/shipping-events',
  ]);
  expect([...relatedTo(design, new Set(['messages/order.paid']))].sort()).toEqual([
    'consumers/ship-order',
    'producers/payment-events',
  ]);
  expect(relatedTo(design, new Set(['queues/email'])).size).toBe(0);
});
