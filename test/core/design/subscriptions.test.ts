import { describe, expect, it } from 'vitest';
import { Graph } from '../../../core/design/graph.ts';
import { load } from '../../../core/text/load.ts';
import { designText } from '../rules/tester.ts';

const { design } = load(
  designText(`messages:
  order.created: {}
topics:
  orders: { broker: sns }
queues:
  billing: { broker: aws }
  mail: { broker: aws }
subscriptions:
  a: { topic: orders, endpoint: billing }
  b: { topic: orders, endpoint: mail, filter: { kind: [gift] } }
  c: { topic: orders, endpoint: "https://audit.example/in", protocol: http }
producers:
  checkout: { channel: orders, messages: [order.created] }
consumers:
  send-mail: { channel: mail }
`),
);
if (!design) throw new Error('not a design');
const graph = Graph.of(design);
const emission = { message: 'order.created', routingKey: 'order.created', headers: {} };

describe('subscriptions', () => {
  it('carry what is published to a topic into each queue, filter or not', () => {
    expect([...graph.receivers('orders', emission)].sort()).toEqual(['billing', 'mail']);
  });

  it('tell a consumer of the queue which messages it gets', () => {
    const send = { id: 'send-mail', value: design.consumers.get('send-mail') ?? {} };
    expect(graph.messagesOf(send)).toEqual(['order.created']);
  });

  it('are listed by their topic', () => {
    expect(graph.subscriptionsFrom('orders').map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(graph.subscriptionsFrom('billing')).toEqual([]);
  });
});

it('a hash exchange may deliver to each of its queues', () => {
  const hashed = load(
    designText(`exchanges:
  x: { broker: mq, type: x-consistent-hash }
queues:
  one: { broker: mq }
  two: { broker: mq }
bindings:
  b1: { source: x, destination: one, routingKey: "1" }
  b2: { source: x, destination: two, routingKey: "1" }
`),
  ).design;
  expect([...(hashed ? Graph.of(hashed).receivers('x', emission) : [])].sort()).toEqual(['one', 'two']);
});
