import { expect } from 'vitest';
import type { Designer } from './pages/designer.ts';
import { SOON } from './pages/designer.ts';
import type { Hands } from './pages/hands.ts';

/**
 * The e-commerce scenario, from an empty canvas to a design that the review has nothing against: an order is paid, shipped
 * and confirmed by services that share work in queues, and its history is kept for a service that comes later.
 */
export async function drawShop(hands: Hands & Designer): Promise<void> {
  await hands.newDesign();
  await draw(hands);
  await name(hands);
  await decide(hands);
  await mend(hands);
}

const branches = [
  ['payments', 'charge-customer', 'payment'],
  ['shipments', 'reserve-inventory', 'shipping'],
  ['confirmations', 'confirm-order', 'email'],
] as const;

async function draw(hands: Hands): Promise<void> {
  await hands.add('Producer', 'checkout');
  await hands.follow('producers/checkout', 'Exchange', 'orders');
  for (const [queue, consumer] of branches) {
    await hands.follow('exchanges/orders', 'Queue', queue);
    await hands.follow(`queues/${queue}`, 'Consumer', consumer);
  }
  await hands.add('Producer', 'order-log');
  await hands.follow('producers/order-log', 'Stream', 'order.events');
  await hands.follow('streams/order.events', 'Consumer', 'count-orders');
}

/** Both producers tell of the same event; every program belongs to a service that a team owns. */
async function name(hands: Hands & Designer): Promise<void> {
  await hands.rename('messages/checkout.created', 'order.created');
  await hands.select('producers/order-log');
  await hands.include('messages', 'order.created');
  await hands.remove('messages/order-log.created');
  await hands.select('producers/checkout');
  await hands.make('service', 'service', 'order');
  await hands.select('producers/order-log');
  await hands.choose('service', 'order');
  for (const [, consumer, service] of branches) {
    await hands.select(`consumers/${consumer}`);
    await hands.make('service', 'service', service);
  }
  await hands.select('consumers/count-orders');
  await hands.make('service', 'service', 'analytics');
  for (const service of ['order', 'payment', 'shipping', 'email', 'analytics']) {
    await hands.select(`services/${service}`);
    await hands.fill('owner', `team-${service}`);
  }
}

/** What only the author knows: how much comes, how long it takes, and which order matters. */
async function decide(hands: Hands & Designer): Promise<void> {
  for (const producer of ['checkout', 'order-log']) {
    await hands.select(`producers/${producer}`);
    await hands.fill('rate.avg', '400/s');
    await hands.fill('rate.peak', '1000/s');
  }
  await hands.fill('partitionKey', '/id');
  for (const consumer of ['charge-customer', 'reserve-inventory', 'confirm-order', 'count-orders']) {
    await hands.select(`consumers/${consumer}`);
    await hands.fill('processing.p50', '2ms');
    await hands.fill('processing.p99', '10ms');
  }
  await hands.select('brokers/kafka');
  await hands.fill('auth.mode', 'scram');
  await hands.fill('auth.secretRef', 'kafka-orders');
  await hands.addUndrawn('Flow', 'take-orders');
  await hands.choose('pattern', 'topic');
  await hands.include('from', 'checkout');
  for (const [, consumer] of branches) await hands.include('to', consumer);
  await hands.choose('ordering', 'none');
  await hands.addUndrawn('Flow', 'history');
  await hands.choose('pattern', 'stream');
  await hands.include('from', 'order-log');
  await hands.include('to', 'count-orders');
  await hands.choose('ordering', 'per-key');
  await hands.fill('orderingKey', '/id');
}

/** What is not stated, in the order in which the review asks for it. */
const answers = ['0.0001', '500000'];

/** Does what the review suggests until it has nothing left to say; each thing that is done must change something. */
async function mend(hands: Hands & Designer): Promise<void> {
  const then = async (act: () => Promise<void>): Promise<void> => {
    const before = await hands.bottom();
    await act();
    await expect.poll(() => hands.bottom(), SOON).not.toBe(before);
  };
  await then(() => hands.fixAllSafe());
  for (const answer of [undefined, ...answers]) {
    if (answer !== undefined) await then(() => hands.fillIn(answer));
    while ((await hands.findings.count()) > 0) await then(() => hands.fixFirst());
  }
  await hands.page.getByText('The review finds nothing to correct.').waitFor();
}
