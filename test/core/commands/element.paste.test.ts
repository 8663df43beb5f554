import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fragmentOf, fragmentText, readFragment } from '../../../core/commands/fragment.ts';
import type { Design, ElementAddress } from '../../../core/design/design.ts';
import { Session } from '../../../core/history/session.ts';
import { load } from '../../../core/text/load.ts';

const orders = readFileSync('examples/orders.loom.yaml', 'utf8');

function designOf(text: string): Design {
  const { design, problems } = load(text);
  if (!design) throw new Error(JSON.stringify(problems));
  return design;
}

/** What the clipboard holds after elements of a text are copied. */
const copied = (text: string, ...addresses: ElementAddress[]): string =>
  fragmentText('copied', fragmentOf(designOf(text), addresses));

/** A document after the text of a clipboard is pasted into it. */
function pasted(text: string, clipboard: string): Session {
  const session = new Session(text);
  const elements = readFragment(clipboard);
  if (!elements) throw new Error('not a fragment');
  const result = session.run('element.paste', { elements, shift: [10, 20] });
  expect(result).toMatchObject({ ok: true });
  return session;
}

const blank = 'brokerloom: 1\n\ndesign: { name: other }\n';

describe('copying elements as text', () => {
  test('makes a design that stands alone: with brokers, services, messages and policies that are named', () => {
    const text = copied(orders, 'queues/payments', 'consumers/take-payment');
    const design = designOf(text);
    expect([...design.brokers.keys()]).toEqual(['work']);
    expect([...design.services.keys()]).toEqual(['payment']);
    expect([...design.messages.keys()]).toEqual(['order.created']);
    expect(design.queues.get('payments')).toEqual(designOf(orders).queues.get('payments'));
    expect(design.layout.get('queues/payments')).toEqual([800, 480]);
  });

  test('reads as nothing where the text is no design', () => {
    expect(readFragment('hello')).toBeUndefined();
    expect(readFragment('queues: [1')).toBeUndefined();
  });
});

describe('pasting', () => {
  test('brings elements into another file with what they need, in one step that can be taken back', () => {
    const session = pasted(blank, copied(orders, 'queues/payments', 'consumers/take-payment'));
    expect(session.design?.consumers.get('take-payment')?.channel).toBe('payments');
    expect(session.design?.layout.get('queues/payments')).toEqual([810, 500]);
    // The exchange that fed the queue was not copied, so its binding cannot stand.
    expect(session.design?.bindings.size).toBe(0);
    expect(session.loaded.notices.filter(({ id }) => id === 'document/unknown-reference')).toEqual([]);
    session.undo();
    expect(session.text).toBe(blank);
    expect(session.canUndo).toBe(false);
  });

  test('puts channels on a broker of their kind that is there', () => {
    const other = `${blank}brokers: { rabbit: { kind: rabbitmq } }\n`;
    const { design } = pasted(other, copied(orders, 'exchanges/orders', 'queues/payments'));
    expect([...(design?.brokers.keys() ?? [])]).toEqual(['rabbit']);
    expect(design?.queues.get('payments')?.broker).toBe('rabbit');
    expect(design?.bindings.get('payments-created')).toMatchObject({
      source: 'orders',
      destination: 'payments',
    });
    expect(design?.exchanges.get('orders')?.alternateExchange).toBeUndefined();
  });

  test('takes free names in its own file, and keeps a message of the same name that says something else', () => {
    const { design } = pasted(orders, copied(orders, 'queues/payments', 'consumers/take-payment'));
    expect(design?.consumers.get('take-payment-2')).toMatchObject({
      channel: 'payments-2',
      service: 'payment',
    });
    expect(design?.messages.size).toBe(designOf(orders).messages.size);
    expect(design?.bindings.get('payments-created-2')).toMatchObject({
      source: 'orders',
      destination: 'payments-2',
    });
    const other = `${blank}messages: { order.created: { version: 7 } }\n`;
    const mixed = pasted(other, copied(orders, 'producers/checkout')).design;
    expect(mixed?.messages.get('order.created')?.version).toBe(7);
    expect(mixed?.producers.get('checkout')?.messages).toEqual(['order.created-2']);
    expect(mixed?.producers.get('checkout')?.channel).toBeUndefined();
  });
});
